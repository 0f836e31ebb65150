import type { ActionResult } from '#lib/domain/action-result.ts'
import type { Workitem } from '#lib/domain/workitem.ts'

export interface OperationAsked {
  clusterName: string
  installationName: string
  operation: 'shutdown' | 'restart' | 'undeploy'
  deleteVolumes?: boolean
  /** Made by the browser, so that asking again after a lost answer asks for nothing new. */
  requestId: string
}

/** What pages hand to the parts that operate installations. */
export interface InstallationActions {
  requestOperation: (namespace: string, asked: OperationAsked) => Promise<ActionResult<Workitem>>
}
