import { z } from 'zod'

export const HostAliasItem = z.strictObject({
  type: z.literal('hostAlias'),
  name: z.string(),
  hostIP: z.string(),
})
export type HostAliasItem = z.infer<typeof HostAliasItem>
