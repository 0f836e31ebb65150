import type { Operation, WorkitemProgress } from '#lib/domain/workitem.ts'

type Step = WorkitemProgress['step']

/** The labels of the guide. */
export const operationWords: Record<Operation, string> = {
  deploy: 'Deploy',
  shutdown: 'Shutdown',
  restart: 'Restart',
  undeploy: 'Undeploy',
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
