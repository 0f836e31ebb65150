import { z } from 'zod'

/** What a membership gives in one namespace; section 2 of the contract. */
export const NamespaceRole = z.enum(['admin', 'viewer', 'user'])
export type NamespaceRole = z.infer<typeof NamespaceRole>

/** The part of a token's profile after `<namespace>.`. */
export const TokenProfile = z.enum(['admin', 'viewer', 'k8sWorker__system'])
export type TokenProfile = z.infer<typeof TokenProfile>

/** What a verb needs the caller to be allowed to do in one namespace; `manage` is reading what only admins may see. */
export type NamespacePermission = 'enter' | 'read' | 'manage' | 'change'

const permissionsOfRole: Record<NamespaceRole, readonly NamespacePermission[]> = {
  admin: ['enter', 'read', 'manage', 'change'],
  viewer: ['enter', 'read'],
  user: ['enter'],
}

export function roleAllows(role: NamespaceRole, permission: NamespacePermission): boolean {
  return permissionsOfRole[role].includes(permission)
}

/** `default.k8sWorker__system` → profile of namespace `default`. */
export function formatProfile(namespace: string, profile: TokenProfile): string {
  return `${namespace}.${profile}`
}

export const tokenPrefix = 'wl_'

/** Names of tokens: in addresses and in the audit. */
export const TokenName = z
  .string()
  .min(1, 'A token needs a name')
  .max(100, 'A token name has at most 100 characters')
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._@-]*$/,
    'A token name holds only letters, digits, ".", "_", "@" and "-", and begins with a letter or digit',
  )

export const TokenInput = z.strictObject({
  name: TokenName,
  /** `<namespace>.admin`, `<namespace>.viewer` or `<namespace>.k8sWorker__system`. */
  profile: z.string(),
  /** The K8s Clusters a worker token serves; other profiles have none. */
  clusters: z.array(z.string()).max(100, 'A token serves at most 100 clusters').default([]),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'This is not a time like 2027-01-31T12:00:00Z' })
    .optional(),
})
export type TokenInput = z.infer<typeof TokenInput>

/** A token as every door shows it; what opens the door is told once, by its creation. */
export interface TokenRow {
  _id: string
  name: string
  profile: string
  clusters: string[]
  /** Whose rights it is cut to; null for a worker's, which belongs to the namespace. */
  owner: string | null
  createdBy: string
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}
