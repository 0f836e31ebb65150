import type { TokenRow } from '#lib/domain/access.ts'
import type { ActionResult } from '#lib/domain/action-result.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { ObjectReference } from '#lib/domain/kubernetes-object.ts'

/** What was installed when a cluster was forgotten: nobody has removed it. */
export interface LeftBehind {
  installationName: string
  k8sNamespace: string
  objects: ObjectReference[]
}

/** What the pages hand to the parts that change clusters. */
export type CreateCluster = (namespace: string, input: unknown) => Promise<ActionResult<Cluster>>
export type UpdateCluster = (
  namespace: string,
  name: string,
  input: unknown,
) => Promise<ActionResult<Partial<Cluster>>>
export type DeleteCluster = (
  namespace: string,
  name: string,
  options: { forget?: boolean; confirmedName?: string },
) => Promise<ActionResult<{ mayStillExist: LeftBehind[] }>>
export type CreateToken = (
  namespace: string,
  input: unknown,
) => Promise<ActionResult<TokenRow & { token: string }>>
