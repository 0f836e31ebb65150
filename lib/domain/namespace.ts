import { z } from 'zod'
import type { NamespaceRole } from './access.ts'

/** Stands alone in every address and, with a dot, in the profiles of tokens. */
export const NamespaceName = z
  .string()
  .min(1, 'A namespace needs a name')
  .max(40, 'A namespace name has at most 40 characters')
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]*$/,
    'A namespace name begins with a letter and holds only letters, digits, "_" and "-"',
  )
  .refine((name) => name !== 'new', '"new" cannot be a namespace name')

export const NamespaceInput = z.strictObject({ name: NamespaceName })

/** A namespace as the header's switch shows it, with the role of who asks. */
export interface Namespace {
  _id: string
  name: string
  organizationName: string
  role: NamespaceRole
}
