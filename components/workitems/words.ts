import type { Operation, WorkitemProgress } from '#lib/domain/workitem.ts'

type Step = WorkitemProgress['step']

/** The labels of the guide. */
export const operationWords: Record<Operation, string> = {
  deploy: 'Deploy',
  shutdown: 'Shutdown',
  restart: 'Restart',
  undeploy: 'Undeploy',
}

export const causeWords = {
  refused: 'Kubernetes or its administrator refused it',
  timeout: 'Applied, but not ready in time',
  conflict: 'Something of that name belongs to somebody else',
  unreachable: 'The Kubernetes API server did not answer',
  invalid: 'The request makes no sense any more',
  poison: 'The worker was lost three times while working on it',
  internal: 'The worker failed',
} as const

/** What somebody who reads an error can do next, by its cause. */
export const nextSteps: Record<keyof typeof causeWords, string> = {
  refused: 'Change the installation, or ask the Kubernetes administrator, then deploy again or retry.',
  timeout:
    'Look at what Kubernetes says about the pods. When it is repaired, retry; the worker goes on from there.',
  conflict: 'Choose another name, or have the other object removed, then retry.',
  unreachable: 'Retry when the cluster is healthy again.',
  invalid: 'Dismiss it and deploy again.',
  poison: 'Look at the worker’s own log, then retry.',
  internal: 'Look at the worker’s own log, then retry.',
}

/** The steps an operation goes through, in order. */
export const stepsOfOperation: Record<Operation, readonly Step[]> = {
  deploy: ['preparing', 'applying', 'pruning', 'rollingOut'],
  shutdown: ['preparing', 'scaling'],
  restart: ['preparing', 'scaling', 'rollingOut'],
  undeploy: ['preparing', 'removing'],
}

const stepWords: Record<Step, string> = {
  preparing: 'Prepare',
  applying: 'Apply objects',
  pruning: 'Remove what is no longer needed',
  rollingOut: 'Wait until replicas are ready',
  scaling: 'Scale',
  removing: 'Remove objects',
}

export const describeStep = (step: Step): string => stepWords[step]

/** What is counted in a step, or null where nothing is. */
export function countOf(progress: WorkitemProgress): { done: number; total: number; of: string } | null {
  const { step, objectsDone, objectsTotal, replicasReady, replicasWanted } = progress
  if (step === 'rollingOut' || step === 'scaling') {
    return replicasReady === undefined || replicasWanted === undefined
      ? null
      : {
          done: replicasReady,
          total: replicasWanted,
          of: replicasWanted === 1 ? 'replica ready' : 'replicas ready',
        }
  }
  return objectsTotal === 0 ? null : { done: objectsDone, total: objectsTotal, of: 'objects' }
}

/** One line for a list: `Apply objects: 3 of 7 objects`. */
export function describeProgress(progress: WorkitemProgress): string {
  const count = countOf(progress)
  if (!count) return describeStep(progress.step)
  const counted = `${count.done} of ${count.total} ${count.of}`
  return progress.step === 'rollingOut' ? counted : `${describeStep(progress.step)}: ${counted}`
}
