import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import { checkDefaultPolicy, ownNamesOf } from './policy.ts'

const own = ownNamesOf('windlass', 'my-account')

function object(kind: string, spec: unknown, metadata: object = {}): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'jdbc', namespace: 'windlass', ...metadata }, spec }
}

const pod = (spec: object) => object('StatefulSet', { template: { spec } })
const container = (fields: object) => pod({ containers: [{ name: 'main', image: 'a', ...fields }] })

const refused: [what: string, rule: string, given: KubernetesObject][] = [
  ['the published service account', 'workerNames', pod({ serviceAccountName: 'vantiq-service-account' })],
  ['the account it runs with', 'workerNames', pod({ serviceAccountName: 'my-account' })],
  ['its token as a pull secret', 'workerNames', pod({ imagePullSecrets: [{ name: 'quay-secret' }] })],
  [
    'its token as a volume',
    'workerNames',
    pod({ volumes: [{ name: 'v', secret: { secretName: 'vantiq-access-token' } }] }),
  ],
  [
    'its token projected',
    'workerNames',
    pod({ volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'vantiq-access-token' } }] } }] }),
  ],
  [
    'its token as a variable',
    'workerNames',
    container({
      env: [{ name: 'T', valueFrom: { secretKeyRef: { name: 'vantiq-access-token', key: 'token' } } }],
    }),
  ],
  [
    'its token as all variables',
    'workerNames',
    container({ envFrom: [{ secretRef: { name: 'vantiq-access-token' } }] }),
  ],
  [
    'the policy as a file',
    'workerNames',
    pod({ volumes: [{ name: 'v', configMap: { name: 'vantiq-k8sworker-policy' } }] }),
  ],
  ['overwriting its token', 'workerNames', object('Secret', undefined, { name: 'vantiq-access-token' })],
  [
    'overwriting the policy',
    'workerNames',
    object('ConfigMap', undefined, { name: 'vantiq-k8sworker-policy' }),
  ],
  ['a path of the node', 'hostPath', pod({ volumes: [{ name: 'v', hostPath: { path: '/' } }] })],
  ["the node's network", 'hostNetwork', pod({ hostNetwork: true })],
  ["the node's processes", 'hostPID', pod({ hostPID: true })],
  ["the node's memory", 'hostIPC', pod({ hostIPC: true })],
  ['a port of the node', 'hostPort', container({ ports: [{ containerPort: 80, hostPort: 80 }] })],
  ['privileged', 'privileged', container({ securityContext: { privileged: true } })],
  [
    'an init container that is privileged',
    'privileged',
    pod({ initContainers: [{ name: 'i', securityContext: { privileged: true } }] }),
  ],
  [
    'privilege escalation',
    'allowPrivilegeEscalation',
    container({ securityContext: { allowPrivilegeEscalation: true } }),
  ],
  [
    'added capabilities',
    'capabilities',
    container({ securityContext: { capabilities: { add: ['NET_ADMIN'] } } }),
  ],
  [
    'a snippet for the ingress controller',
    'ingressSnippets',
    object('Ingress', {}, { annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'x' } }),
  ],
]

describe('the default policy', () => {
  it.each(refused)('refuses %s, naming the rule %s', (_, rule, given) => {
    const found = checkDefaultPolicy([object('Service', {}), given], own)
    expect(found.map((violation) => violation.rule)).toContain(rule)
    expect(found.every(({ object }) => object === `${given.kind} ${given.metadata.name}`)).toBe(true)
  })

  it('lets pass what is ordinary', () => {
    const ordinary = [
      container({
        ports: [{ containerPort: 80 }],
        securityContext: {
          privileged: false,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
        env: [{ name: 'secret', value: 'quay-secret' }],
      }),
      pod({ serviceAccountName: 'default', imagePullSecrets: [{ name: 'mine' }], hostNetwork: false }),
      object('Ingress', {}, { annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': '/' } }),
    ]
    expect(checkDefaultPolicy(ordinary, own)).toEqual([])
  })

  it('refuses the default account, named or not, where the worker runs with it', () => {
    const asDefault = ownNamesOf('windlass', 'default')
    for (const spec of [{}, { serviceAccountName: 'default' }]) {
      expect(checkDefaultPolicy([pod(spec)], asDefault)).toMatchObject([{ rule: 'workerNames' }])
    }
    expect(checkDefaultPolicy([pod({ serviceAccountName: 'mine' })], asDefault)).toEqual([])
  })

  it('guards its names in its own namespace only, and everywhere when it does not know which is its own', () => {
    const elsewhere = object('Secret', undefined, { name: 'quay-secret', namespace: 'shop' })
    expect(checkDefaultPolicy([elsewhere], own)).toEqual([])
    expect(checkDefaultPolicy([elsewhere], ownNamesOf(null, null))).toHaveLength(1)
  })
})
