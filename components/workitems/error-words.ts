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
