import { z } from 'zod'
import { ruledText } from '../ruled-text.ts'

/**
 * A secret value stands in revisions, answers and forms as this reference; the value itself exists only
 * encrypted, and in the claim answer of the worker that needs it.
 */
export const SecretReference = z.strictObject({
  $secret: ruledText('secretReference', (reference) =>
    /^[-.:\w]{1,200}$/.test(reference) ? undefined : 'This is no reference to a secret value.',
  ),
})
export type SecretReference = z.infer<typeof SecretReference>
