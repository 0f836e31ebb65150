import type { ActionResult } from '#lib/domain/action-result.ts'
import type { Namespace } from '#lib/domain/namespace.ts'
import type { User } from '#lib/domain/user.ts'

/** What the members page hands to its parts; all but reading is for organization admins. */
export interface MemberActions {
  setMembership: (namespace: string, userId: string, role: string) => Promise<ActionResult<void>>
  removeMembership: (namespace: string, userId: string) => Promise<ActionResult<void>>
  createUser: (input: unknown) => Promise<ActionResult<User & { initialPassword: string | null }>>
  resetPassword: (userId: string) => Promise<ActionResult<{ initialPassword: string }>>
  setOrganizationAdmin: (userId: string, isAdmin: boolean) => Promise<ActionResult<void>>
  setDisabled: (userId: string, isDisabled: boolean) => Promise<ActionResult<void>>
  createNamespace: (input: unknown) => Promise<ActionResult<Namespace>>
}
