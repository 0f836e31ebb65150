import { z } from 'zod'
import type { ObjectReference } from './kubernetes-object.ts'

/**
 * The life of a K8s Workitem; section 3 of the contract.
 *
 *              claim                finish
 *  REQUESTED ───────────▶ PENDING ───────────▶ SUCCEEDED
 *   ▲  │                   │   │
 *   │  │   lease expired   │   └─ failed ───▶ FAILED ── retry ──▶ REQUESTED
 *   └──┼───────────────────┘
 *      └─ cancel ▶ CANCELLED · newer deploy or undeploy ▶ SUPERSEDED · found wrong ▶ INVALID
 *
 * REQUESTED, PENDING, FAILED and INVALID rows are in the hot table; the others have left it for the history.
 */
export const WorkitemStatus = z.enum([
  'REQUESTED',
  'PENDING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'SUPERSEDED',
  'INVALID',
])
export type WorkitemStatus = z.infer<typeof WorkitemStatus>

export const Operation = z.enum(['deploy', 'shutdown', 'restart', 'undeploy'])
export type Operation = z.infer<typeof Operation>

/** Lost leases after which an item is FAILED with cause `poison`. */
export const maximumLostLeases = 3

/** Why an item failed: the cause is for machines, the message for the person who must act on it. */
export const WorkitemError = z.object({
  cause: z.enum([
    'refused', // Kubernetes or its administrator's policy said no
    'timeout', // applied, but not ready in time
    'conflict', // an object or field that belongs to somebody else
    'unreachable', // the API server did not answer
    'invalid', // the item makes no sense (any more)
    'poison', // took the worker down three times
    'internal',
  ]),
  message: z.string().max(8192),
  object: z.string().max(512).optional(),
})
export type WorkitemError = z.infer<typeof WorkitemError>

/** Where the worker stands in an operation; every number is counted, none estimated. */
export const WorkitemProgress = z.object({
  step: z.enum(['preparing', 'applying', 'pruning', 'rollingOut', 'scaling', 'removing']),
  objectsDone: z.int().min(0),
  objectsTotal: z.int().min(0),
  replicasReady: z.int().min(0).optional(),
  replicasWanted: z.int().min(0).optional(),
  message: z.string().max(1024).optional(),
})
export type WorkitemProgress = z.infer<typeof WorkitemProgress>

export interface WorkitemRequest {
  k8sNamespace: string
  deleteVolumes?: boolean
}

export interface WorkitemResult {
  objects?: ObjectReference[]
}

/** A workitem as every door shows it: the names are the contract's. */
export interface Workitem {
  _id: string
  requestId: string
  clusterName: string
  installationName: string
  operation: Operation
  status: WorkitemStatus
  revision: number | null
  /** Last change. */
  timestamp: string
  requestedAt: string
  requestedBy: string
  request: Record<string, unknown>
  ancillaries: ObjectReference[]
  attempts: number
  /** False once a worker has ever claimed it. */
  cancellable: boolean
  leaseExpiresAt: string | null
  progress: WorkitemProgress | null
  error: WorkitemError | null
  /** Items of the cluster's queue before this one; null once claimed or finished. */
  placeInQueue: number | null
}

export interface FinishedWorkitem extends Omit<Workitem, 'cancellable' | 'leaseExpiresAt' | 'placeInQueue'> {
  finishedAt: string
  result: WorkitemResult | null
}
