import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../.ci/browser.ts'
import { askKubernetes } from '../e2e/kubernetes.ts'
import { signIn } from '../e2e/people.ts'
import { address } from '../e2e/product.ts'
import startProduct from '../e2e/start-product.ts'
import type { Bench } from './figures.ts'

const deploys = Number(process.env.BENCH_DEPLOYS ?? 50)

interface Write {
  time: string
  kind: string
  name: string
}

/** What the form below becomes; the inventory is written before them. */
const objectsOf = (name: string) => [
  `StatefulSet ${name}`,
  `Service vantiq-${name}-headless`,
  `Service vantiq-${name}-service-0`,
  `Ingress vantiq-${name}-ingress-0`,
  `ConfigMap vantiq-${name}-configmap-0`,
]

/**
 * From pressing Deploy in a real browser to the last of the installation's objects being there, by the sandbox's own
 * record of writes; production build, ordinary worker in daemon mode, one deploy after the other.
 */
export const deploy: Bench = {
  about: `pressing Deploy to all objects present in the sandbox, ${deploys} deploys`,
  async run(say) {
    const stop = await startProduct()
    const browser = await chromium.launch({
      ...(findBrowser() ? { executablePath: findBrowser() } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    })
    try {
      const page = await browser.newPage({ baseURL: address, viewport: { width: 1440, height: 900 } })
      await signIn(page, '/ns/default/clusters/sandbox')
      const toObjects: number[] = []
      const toRunning: number[] = []
      for (let round = 0; round <= deploys; round += 1) {
        // Counted down, so that the newest stands first in a list that is paged.
        const measured = await measureDeploy(page, `bench-${String(deploys - round).padStart(4, '0')}`)
        // The first one warms up what every later one finds warm.
        if (round === 0) continue
        toObjects.push(measured.toObjects)
        toRunning.push(measured.toRunning)
        if (round % 10 === 0) say(`${round} of ${deploys}`)
      }
      return [
        { title: 'Deploy pressed → all objects present', unit: 'ms', values: toObjects },
        { title: 'Deploy pressed → Running on the page', unit: 'ms', values: toRunning },
      ]
    } finally {
      await browser.close()
      await stop()
    }
  },
}

async function measureDeploy(page: Page, name: string): Promise<{ toObjects: number; toRunning: number }> {
  await page.goto('/ns/default/clusters/sandbox/installations/new')
  const form = page.getByRole('form', { name: 'Deploy' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Kubernetes Namespace').fill('default')
  await form.getByRole('textbox', { name: 'Image', exact: true }).fill('quay.io/vantiq/jdbc-connector:1.4')
  await addOption(page, 'Host Alias')
  const alias = form.getByRole('group', { name: 'Host Alias 1' })
  await alias.getByLabel('Name').fill('dbnode')
  await alias.getByLabel('Host IP').fill('10.0.0.17')
  await addOption(page, 'File')
  const file = form.getByRole('group', { name: 'File 1' })
  await file.getByLabel('Path').fill('/app/serverConfig')
  await file.getByLabel('Filename').fill('server.config')
  await file.getByLabel('Content').fill('targetServer=http://vantiqhost:8080\nsources=jdbc\n')
  await addOption(page, 'Inbound Port')
  const port = form.getByRole('group', { name: 'Inbound Port 1' })
  await port.getByRole('textbox', { name: 'Port', exact: true }).fill('8080')
  await port.getByRole('textbox', { name: /^Host/ }).fill(`${name}.example.com`)

  const before = (await askKubernetes<Write[]>('GET', '/sandbox/writes')).length
  await page.evaluate(() => {
    document.addEventListener(
      'click',
      () => (document.documentElement.dataset.pressedAt = String(Date.now())),
      {
        capture: true,
        once: true,
      },
    )
  })
  await form.getByRole('button', { name: 'Deploy', exact: true }).click()
  await page.waitForURL('**/ns/default/clusters/sandbox')
  const row = page.getByRole('table', { name: 'Installations' }).getByRole('row').filter({ hasText: name })
  await row.getByText('Running').waitFor()
  const runningAt = Date.now()
  const pressedAt = Number(await page.evaluate(() => document.documentElement.dataset.pressedAt))
  const writes = await askKubernetes<Write[]>('GET', `/sandbox/writes?since=${before}`)
  const times = objectsOf(name).map((object) => {
    const write = writes.find(({ kind, name }) => `${kind} ${name}` === object)
    if (!write) throw new Error(`${object} was not written`)
    return Date.parse(write.time)
  })
  return { toObjects: Math.max(...times) - pressedAt, toRunning: runningAt - pressedAt }
}

async function addOption(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}
