import { z } from 'zod'
import type { NamespaceRole } from './access.ts'

/** Length is what counts; the limit above only keeps hashing affordable. */
export const Password = z
  .string()
  .min(12, 'A password has at least 12 characters')
  .max(256, 'A password has at most 256 characters')

/** Compared without regard to case. */
export const Email = z
  .email('This is not an e-mail address')
  .max(254, 'An e-mail address has at most 254 characters')

const personName = z
  .string()
  .trim()
  .min(1, 'A person needs a name')
  .max(100, 'A name has at most 100 characters')

export const UserInput = z.strictObject({
  email: Email,
  name: personName,
  isOrganizationAdmin: z.boolean().default(false),
  /**
   * The person's `sub` at the configured OIDC provider. Given, the person signs in there and gets no password;
   * otherwise an initial password is generated.
   */
  oidcSubject: z.string().min(1).max(255, 'A subject has at most 255 characters').optional(),
})
export type UserInput = z.infer<typeof UserInput>

export const NameChange = z.strictObject({ name: personName })

export const PasswordChange = z.strictObject({
  /** Empty for a person who has no password yet. */
  presentPassword: z.string().max(256),
  newPassword: Password,
})
export type PasswordChange = z.infer<typeof PasswordChange>

export interface User {
  _id: string
  email: string
  name: string
  isOrganizationAdmin: boolean
  hasPassword: boolean
  hasSingleSignOn: boolean
  mustChangePassword: boolean
  createdAt: string
  disabledAt: string | null
}

/** A browser session as its owner sees it; `key` names it without being able to open it. */
export interface Session {
  key: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
  userAgent: string | null
  isCurrent: boolean
}

export interface Membership {
  userId: string
  email: string
  name: string
  role: NamespaceRole
}
