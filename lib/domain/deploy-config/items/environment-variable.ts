import { z } from 'zod'
import { SecretReference } from '../secret-reference.ts'

export const EnvironmentVariableItem = z.strictObject({
  type: z.literal('environmentVariable'),
  name: z.string(),
  value: z.union([z.string(), SecretReference]).optional(),
  asSecret: z.boolean().optional(),
  secretName: z.string().optional(),
  key: z.string().optional(),
})
export type EnvironmentVariableItem = z.infer<typeof EnvironmentVariableItem>
