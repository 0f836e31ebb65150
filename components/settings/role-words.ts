import type { NamespaceRole } from '#lib/domain/access.ts'

/** What a role gives, in the order of how much. */
export const roleWords: Record<NamespaceRole, { label: string; description: string }> = {
  admin: { label: 'Admin', description: 'Everything in the namespace' },
  viewer: { label: 'Viewer', description: 'Reads clusters, installations and workitems' },
  user: { label: 'User', description: 'Signs in; sees no clusters, installations or workitems' },
}

export const roleOptions = Object.entries(roleWords).map(([value, words]) => ({ value, ...words }))
