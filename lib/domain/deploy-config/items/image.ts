import { z } from 'zod'
import { describeImageFault } from '../../image-references.ts'
import { nameRules, quote } from '../../kubernetes-names.ts'
import { nameField, ruledText } from '../../ruled-text.ts'
import { wholeNumber } from '../fields.ts'
import type { ItemTypeRules } from '../item-type.ts'

const ImageReference = ruledText('imageReference', (reference) => {
  const fault = describeImageFault(reference)
  return fault && `${quote(reference)} is no image reference, such as quay.io/team/app:1.0: ${fault}.`
})

export const ImageItem = z.strictObject({
  type: z.literal('image'),
  name: ImageReference,
  imagePullSecret: nameField(nameRules.dns1123Subdomain).optional(),
  serviceAccount: nameField(nameRules.dns1123Subdomain).optional(),
  replicaCount: wholeNumber('replicaCount', 0, 2_147_483_647).optional(),
  pullPolicy: z.enum(['IfNotPresent', 'Always', 'Never']).optional(),
})
export type ImageItem = z.infer<typeof ImageItem>

export const imageRules: ItemTypeRules<typeof ImageItem> = { schema: ImageItem, occurs: 'exactlyOnce' }
