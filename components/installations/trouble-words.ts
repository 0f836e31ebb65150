/** What Kubernetes' reasons mean, for somebody who does not read them every day. Its own words stand beside. */
const meanings: Record<string, string> = {
  ImagePullBackOff: 'The image cannot be pulled. Is its name right, and may the cluster pull it?',
  ErrImagePull: 'The image cannot be pulled. Is its name right, and may the cluster pull it?',
  InvalidImageName: 'The image’s name is not one Kubernetes can read.',
  ErrImageNeverPull: 'The image is not on the node, and the pull policy forbids to pull it.',
  CrashLoopBackOff: 'The program ends right after its start, again and again. Its log says why.',
  Error: 'The program ended with an error. Its log says why.',
  OOMKilled: 'The program took more memory than it is allowed.',
  CreateContainerConfigError:
    'Something the container needs does not exist, such as a Secret, ConfigMap or key.',
  CreateContainerError: 'The container could not be made.',
  RunContainerError: 'The container could not be started.',
  Unschedulable: 'No node has room for the pod, or none fits what it asks for.',
  ContainerCreating: 'The container is being made: volumes are mounted and the image is pulled.',
  PodInitializing: 'The pod is being prepared.',
  FailedMount: 'A volume cannot be mounted. Does what it refers to exist?',
  FailedCreate: 'Kubernetes refused to make the pod.',
}

export const meaningOf = (reason: string): string | null =>
  Object.hasOwn(meanings, reason) ? (meanings[reason] ?? null) : null
