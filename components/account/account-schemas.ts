import { z } from 'zod'
import { PasswordChange } from '#lib/domain/user.ts'

export { NameChange } from '#lib/domain/user.ts'

/** The new password is typed twice. */
export const NewPassword = PasswordChange.extend({ repeated: z.string() })
  .refine((given) => given.newPassword === given.repeated, {
    path: ['repeated'],
    message: 'The two are not the same',
  })
  .transform(({ presentPassword, newPassword }) => ({ presentPassword, newPassword }))
