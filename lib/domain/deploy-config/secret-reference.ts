import { z } from 'zod'

/**
 * A secret value stands in revisions, answers and forms as this reference; the value itself exists only
 * encrypted, and in the claim answer of the worker that needs it.
 */
export const SecretReference = z.strictObject({ $secret: z.string().min(1) })
export type SecretReference = z.infer<typeof SecretReference>
