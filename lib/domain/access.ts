import { z } from 'zod'

/** What a membership gives in one namespace; section 2 of the contract. */
export const NamespaceRole = z.enum(['admin', 'viewer', 'user'])
export type NamespaceRole = z.infer<typeof NamespaceRole>

/** The part of a token's profile after `<namespace>.`. */
export const TokenProfile = z.enum(['admin', 'viewer', 'k8sWorker__system'])
export type TokenProfile = z.infer<typeof TokenProfile>

/** What a verb needs the caller to be allowed to do, in one namespace or in the organization. */
export type NamespacePermission = 'enter' | 'read' | 'change'

const permissionsOfRole: Record<NamespaceRole, readonly NamespacePermission[]> = {
  admin: ['enter', 'read', 'change'],
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
