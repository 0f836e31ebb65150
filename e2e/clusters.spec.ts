import { expect, test, type Page } from '@playwright/test'
import { signIn, visit } from './people.ts'
import { make, send } from './rest.ts'
import { startWorker } from './worker-process.ts'

const nameField = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true })
const ingressField = (page: Page) => page.getByLabel('Ingress Default Node')

async function listClusters(page: Page): Promise<string[]> {
  const answer = await page.request.get('/api/v1/resources/k8sclusters?namespace=default')
  return ((await answer.json()) as { name: string }[]).map(({ name }) => name)
}

async function askToDelete(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions of cluster ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Delete cluster' }).click()
}

test('a cluster is created with the ingress node made from its name, and offers to connect a worker', async ({
  page,
}) => {
  await signIn(page, '/ns/default/clusters')
  await page.getByRole('link', { name: 'New', exact: true }).click()
  await nameField(page).fill('Plant_7.North')
  await expect(ingressField(page)).toHaveAccessibleDescription(/vantiq-plant-7-north-node/)
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page).toHaveURL(/\/ns\/default\/clusters\/Plant_7\.North\/connect$/)
  await expect(page.getByLabel('command', { exact: true })).toContainText('CLUSTER_NAME=Plant_7.North')
  await page.getByRole('link', { name: 'Go to the cluster' }).click()
  await expect(page.getByText('vantiq-plant-7-north-node')).toBeVisible()
  await expect(page.getByText('Never seen').first()).toBeVisible()
})

test('wrong names are refused at their field, keep what was typed and write nothing', async ({ page }) => {
  await signIn(page, '/ns/default/clusters/new')
  const before = await listClusters(page)
  const create = page.getByRole('button', { name: 'Create', exact: true })
  await ingressField(page).fill('Not_a_host')
  for (const [name, rule] of [
    ['', /./],
    ['1st', /letter/],
    ['new', /new/],
    ['x'.repeat(41), /40/],
    ['two words', /two words/],
  ] as const) {
    await nameField(page).fill(name)
    await create.click()
    await expect(nameField(page)).toHaveAttribute('aria-invalid', 'true')
    await expect(nameField(page)).toHaveAccessibleDescription(rule)
    await expect(nameField(page)).toBeFocused()
    await expect(nameField(page)).toHaveValue(name)
  }
  await expect(ingressField(page)).toHaveAccessibleDescription(/Not_a_host/)
  await ingressField(page).fill('node.example.com')
  await nameField(page).fill('sandbox')
  await create.click()
  await expect(page.getByText(/'sandbox'.*already/).first()).toBeVisible()
  await expect(ingressField(page)).toHaveValue('node.example.com')
  expect(await listClusters(page)).toEqual(before)
})

test('an empty cluster is deleted once its name is typed, for everybody who looks', async ({ page }) => {
  await signIn(page, '/ns/default/clusters')
  await make(page, 'k8sclusters', { name: 'short-lived' })
  await visit(page, '/ns/default/clusters/short-lived')
  await askToDelete(page, 'short-lived')
  const dialog = page.getByRole('dialog', { name: 'Delete cluster short-lived?' })
  const confirm = dialog.getByRole('button', { name: 'Delete cluster' })
  await expect(dialog.getByRole('textbox')).toBeFocused()
  await dialog.getByRole('textbox').fill('short-live')
  await expect(confirm).toBeDisabled()
  await dialog.getByRole('textbox').fill('short-lived')
  await confirm.click()
  await expect(page).toHaveURL(/\/ns\/default\/clusters$/)
  await expect(page.getByText('Cluster short-lived is deleted.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'short-lived', exact: true })).toBeHidden()
  await visit(page, '/ns/default/clusters/short-lived')
  await expect(page.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible()
})

test('a cluster in use is only forgotten, after saying what goes and what stays in Kubernetes', async ({
  page,
}) => {
  await signIn(page, '/ns/default/clusters')
  await make(page, 'k8sclusters', { name: 'lost-site' })
  const { token } = await make<{ token: string }>(page, 'tokens', {
    name: 'worker-lost-site',
    profile: 'default.k8sWorker__system',
    clusters: ['lost-site'],
  })
  await make(page, 'k8sclusters/lost-site/command', {
    op: 'deploy',
    data: {
      name: 'left-there',
      k8sNamespace: 'default',
      config: [{ type: 'image', name: 'quay.io/a/b:1' }],
    },
  })
  await visit(page, '/ns/default/clusters/lost-site')
  await expect(page.getByText('1 work item in the queue')).toBeVisible()
  const stopWorker = startWorker('lost-site', token)
  await expect(page.getByRole('row', { name: 'left-there' })).toContainText('Running', { timeout: 30_000 })
  await stopWorker()

  const refused = await send(page, 'DELETE', 'k8sclusters/lost-site')
  expect(refused.status()).toBe(409)
  expect(await refused.text()).toContain('left-there')

  await askToDelete(page, 'lost-site')
  const dialog = page.getByRole('dialog', { name: 'Forget cluster lost-site?' })
  await expect(dialog).toContainText('1 installation')
  await dialog.getByRole('textbox').fill('lost-site')
  await dialog.getByRole('button', { name: 'Forget cluster' }).click()

  const left = page.getByRole('dialog', { name: 'What may still exist in Kubernetes' })
  await expect(left).toContainText('kubectl delete -n default statefulset left-there')
  await left.getByRole('button', { name: 'Done' }).click()
  await expect(page).toHaveURL(/\/ns\/default\/clusters$/)
  expect(await listClusters(page)).not.toContain('lost-site')
})
