import { z } from 'zod'
import { ClusterInput } from '#lib/domain/cluster.ts'

/** A field left empty is a property not given. */
const absent = (text: string) => (text === '' ? undefined : text)

export const NewCluster = z.object({
  name: ClusterInput.shape.name,
  ingressDefaultNode: z.string().transform(absent).pipe(ClusterInput.shape.ingressDefaultNode),
  ingressClassName: z
    .string()
    .transform(absent)
    .pipe(ClusterInput.shape.ingressClassName.unwrap().unwrap().optional()),
})
