import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { parse } from 'yaml'

interface Kubeconfig {
  clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }]
  users: [{ user: { token: string } }]
}

interface Listed {
  items: { metadata: { name: string; labels?: Record<string, string> } }[]
}

export const kubeconfigPath = () => join(process.env.WINDLASS_E2E_DATA ?? '', 'sandbox.kubeconfig')

/** Asks the sandbox's Kubernetes API as its administrator would: the product is not in between. */
export function askKubernetes<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
  const config = parse(readFileSync(kubeconfigPath(), 'utf8')) as Kubeconfig
  const { server, 'certificate-authority-data': authority } = config.clusters[0].cluster
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, server),
      {
        method,
        ca: Buffer.from(authority, 'base64'),
        headers: {
          authorization: `Bearer ${config.users[0].user.token}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('end', () => {
          if ((answer.statusCode ?? 500) < 300) resolve(JSON.parse(text) as Answer)
          else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`))
        })
      },
    )
    asked.on('error', reject)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const generatedKinds = [
  ['StatefulSet', '/apis/apps/v1/namespaces/default/statefulsets'],
  ['Service', '/api/v1/namespaces/default/services'],
  ['ConfigMap', '/api/v1/namespaces/default/configmaps'],
  ['Secret', '/api/v1/namespaces/default/secrets'],
  ['Ingress', '/apis/networking.k8s.io/v1/namespaces/default/ingresses'],
  ['PersistentVolumeClaim', '/api/v1/namespaces/default/persistentvolumeclaims'],
] as const

/** `Kind name` of all that is labelled as this installation's in namespace `default`, sorted. */
export async function listGenerated(installation: string): Promise<string[]> {
  const selector = new URLSearchParams({ labelSelector: `app.kubernetes.io/instance=${installation}` })
  const found = await Promise.all(
    generatedKinds.map(async ([kind, path]) => {
      const { items } = await askKubernetes<Listed>('GET', `${path}?${selector}`)
      return items.map(({ metadata }) => `${kind} ${metadata.name}`)
    }),
  )
  return found.flat().sort()
}
