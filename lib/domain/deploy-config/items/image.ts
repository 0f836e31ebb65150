import { z } from 'zod'

export const ImageItem = z.strictObject({
  type: z.literal('image'),
  name: z.string(),
  imagePullSecret: z.string().optional(),
  serviceAccount: z.string().optional(),
  replicaCount: z.int().optional(),
  pullPolicy: z.enum(['IfNotPresent', 'Always', 'Never']).optional(),
})
export type ImageItem = z.infer<typeof ImageItem>
