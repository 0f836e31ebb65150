/** `minikube` → `vantiq-minikube-node`: lower case, other characters as `-`. */
export function defaultIngressNode(clusterName: string): string {
  return `vantiq-${clusterName.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')}-node`
}
