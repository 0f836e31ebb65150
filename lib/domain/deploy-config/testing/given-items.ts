import { formatFaultPath, type Fault } from '../../errors.ts'
import { checkDeploy } from '../check-deploy.ts'

export const context = { ingressDefaultNode: 'vantiq-minikube-node' }
export const image = { type: 'image', name: 'quay.io/vantiq/jdbc:1.0' }
export const valid = { name: 'jdbc', k8sNamespace: 'default', config: [image] }
export const mebibyte = 1_048_576

export const file = (given: object) => ({
  type: 'file',
  path: '/app/conf',
  filename: 'a',
  content: 'x',
  ...given,
})
export const port = (given: object) => ({ type: 'inboundPort', port: 80, protocol: 'UDP', ...given })
export const variable = (given: object) => ({ type: 'environmentVariable', name: 'A', value: 'x', ...given })
export const alias = (given: object) => ({ type: 'hostAlias', name: 'dbnode', hostIP: '10.0.0.1', ...given })

export function faultsOf(data: unknown): Fault[] {
  const checked = checkDeploy(data, context)
  return checked.ok ? [] : checked.faults
}

export const summary = (faults: Fault[]) => faults.map(({ path, rule }) => `${formatFaultPath(path)} ${rule}`)
export const withItems = (...items: unknown[]) => ({ ...valid, config: [image, ...items] })
