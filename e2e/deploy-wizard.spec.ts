import { expect, test, type Locator, type Page } from '@playwright/test'
import { askKubernetes, listGenerated } from './kubernetes.ts'
import { signIn } from './people.ts'
import { takePicture } from './picture.ts'
import { startWorker } from './worker-process.ts'

interface StatefulSet {
  spec: {
    replicas: number
    serviceName: string
    template: {
      spec: {
        hostAliases: { ip: string; hostnames: string[] }[]
        containers: { name: string; image: string; volumeMounts: { name: string; mountPath: string }[] }[]
        volumes: { name: string; projected: { sources: unknown[] } }[]
      }
    }
  }
}

const readStatefulSet = () =>
  askKubernetes<StatefulSet>('GET', '/apis/apps/v1/namespaces/default/statefulsets/jdbc')

const generated = ['ConfigMap vantiq-jdbc-inventory', 'Service vantiq-jdbc-headless', 'StatefulSet jdbc']

let stopWorker: (() => Promise<void>) | undefined
test.afterAll(async () => {
  await stopWorker?.()
})

test("the guide's JDBC connector, from an empty console to undeployed", async ({ page }) => {
  await signIn(page, '/ns/default/clusters')

  await test.step('create the cluster and a token for its worker', async () => {
    await page.getByRole('link', { name: 'New', exact: true }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('minikube')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('button', { name: 'Create worker token' }).click()
  })
  const token = await page.getByLabel('access token', { exact: true }).innerText()
  expect(token).toMatch(/^wl_/)

  await test.step('deploy while no worker runs', async () => {
    await page.getByRole('link', { name: 'Go to the cluster' }).click()
    await page.getByRole('link', { name: 'Deploy', exact: true }).first().click()
    const form = page.getByRole('form', { name: 'Deploy' })
    await form.getByLabel('Name', { exact: true }).fill('jdbc')
    await form.getByLabel('Kubernetes Namespace').fill('default')
    await form.getByRole('textbox', { name: 'Image', exact: true }).fill('quay.io/vantiq/jdbc-connector:1.4')

    await addOption(page, 'Host Alias')
    const first = form.getByRole('group', { name: 'Host Alias 1' })
    await first.getByLabel('Name').fill('dbnode')
    await first.getByLabel('Host IP').fill('10.0.0.17')
    await form.getByRole('button', { name: 'Add another Host Alias' }).click()
    const second = form.getByRole('group', { name: 'Host Alias 2' })
    await second.getByLabel('Name').fill('vantiqhost')
    await second.getByLabel('Host IP').fill('10.0.0.17')

    await addOption(page, 'File')
    const file = form.getByRole('group', { name: 'File 1' })
    await file.getByRole('button', { name: 'Existing ConfigMap or Secret' }).click()
    await file.getByLabel('Path').fill('/app/serverConfig')
    await file.getByLabel('Filename').fill('server.config')
    await file.getByLabel('Data Source').selectOption('secret')
    await file.getByLabel('Secret Name').fill('jdbc-server-config')
    await file.getByLabel('Key').fill('data')

    const objects = page.getByRole('region', { name: 'Objects to be created' })
    await expect(objects.getByRole('button', { name: 'StatefulSet jdbc' })).toBeVisible()
    await takePicture(page, 'deploy-wizard')
    await form.getByRole('button', { name: 'Deploy', exact: true }).click()
    await page.waitForURL('**/ns/default/clusters/minikube')
    await expect(page.getByText('1 work item in the queue')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await takePicture(page, 'waiting')
  })

  await test.step('a worker picks it up, and the panel clears', async () => {
    await askKubernetes('POST', '/api/v1/namespaces/default/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'jdbc-server-config' },
      stringData: { data: 'targetServer=http://vantiqhost:8080\nsources=jdbc\n' },
    })
    stopWorker = startWorker('minikube', token)
    await expect(statusOf(page)).toContainText('Running', { timeout: 30_000 })
    await expect(page.getByText('1 work item in the queue')).toBeHidden()
    await takePicture(page, 'running')
  })

  await test.step('the cluster holds what the form said', async () => {
    const { spec } = await readStatefulSet()
    const pod = spec.template.spec
    expect(spec.serviceName).toBe('vantiq-jdbc-headless')
    expect(pod.hostAliases).toEqual([{ ip: '10.0.0.17', hostnames: ['dbnode', 'vantiqhost'] }])
    expect(pod.volumes.map(({ projected }) => projected.sources)).toEqual([
      [{ secret: { name: 'jdbc-server-config', items: [{ key: 'data', path: 'server.config' }] } }],
    ])
    expect(pod.containers).toHaveLength(1)
    expect(pod.containers[0]).toMatchObject({ name: 'main', image: 'quay.io/vantiq/jdbc-connector:1.4' })
    expect(pod.containers[0]?.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/app/serverConfig'])
    expect(await listGenerated('jdbc')).toEqual(generated)
  })

  await test.step('shutdown scales to none and removes nothing', async () => {
    await operate(page, 'Shutdown Installation')
    await expect(statusOf(page)).toContainText('Stopped', { timeout: 20_000 })
    expect((await readStatefulSet()).spec.replicas).toBe(0)
    expect(await listGenerated('jdbc')).toEqual(generated)
  })

  await test.step('restart brings it back', async () => {
    await operate(page, 'Restart Installation')
    await expect(statusOf(page)).toContainText('Running', { timeout: 20_000 })
    expect((await readStatefulSet()).spec.replicas).toBe(1)
    expect(await listGenerated('jdbc')).toEqual(generated)
  })

  await test.step('undeploy removes what was generated, and nothing else', async () => {
    await operate(page, 'Undeploy Installation')
    await expect(page.getByText('Nothing is installed here yet')).toBeVisible({ timeout: 20_000 })
    expect(await listGenerated('jdbc')).toEqual([])
    await askKubernetes('GET', '/api/v1/namespaces/default/secrets/jdbc-server-config')
  })
})

const statusOf = (page: Page): Locator =>
  page.getByRole('table', { name: 'Installations' }).getByRole('row').filter({ hasText: 'jdbc' })

async function operate(page: Page, operation: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions of installation jdbc' }).click()
  await page.getByRole('menuitem', { name: operation }).click()
  await page.getByRole('dialog').getByRole('button', { name: operation }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

async function addOption(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
  await expect(page.getByRole('group', { name: `${name} 1` })).toBeVisible()
}
