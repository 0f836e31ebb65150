import { expect, test, type Page } from '@playwright/test'
import { settle, signIn, visit } from './people.ts'

const newInstallation = '/ns/default/clusters/sandbox/installations/new'

async function listInstallations(page: Page): Promise<string[]> {
  const answer = await page.request.get('/api/v1/resources/k8sinstallations?namespace=default')
  expect(answer.status()).toBe(200)
  return ((await answer.json()) as { name: string }[]).map(({ name }) => name)
}

async function add(page: Page, option: string): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: option }).click()
}

const imageField = (page: Page) => page.getByRole('textbox', { name: 'Image', exact: true })

test.beforeEach(async ({ page }) => {
  await signIn(page, newInstallation)
})

test('wrong values get their message at the field, and nothing is written', async ({ page }) => {
  await page.getByLabel('Name', { exact: true }).fill('Jdbc_1')
  await page.getByLabel('Kubernetes Namespace').fill('kube.system')
  await imageField(page).fill('quay.io/UPPER/image')
  await page.getByLabel('Replicas').fill('many')
  await add(page, 'Host Alias')
  await page.getByLabel('Host IP').fill('10.0.0.300')
  await add(page, 'Inbound Port')
  await page.getByLabel('Port', { exact: true }).fill('70000')
  await add(page, 'File')
  await page.getByLabel('Path').fill('/proc')
  await add(page, 'Environment Variable')
  const variable = page.getByRole('group', { name: 'Environment Variable 1' })
  await variable.getByLabel('Name').fill('1=2')

  // A closed section opens by itself when the first fault in it is jumped to.
  await page.getByRole('button', { name: /^File 1/, expanded: true }).click()
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()

  await expect(page.getByLabel('Name', { exact: true }).first()).toBeFocused()
  await expect(page.getByLabel('Name', { exact: true }).first()).toHaveAccessibleDescription(
    /'Jdbc_1' must hold/,
  )
  await expect(page.getByLabel('Kubernetes Namespace')).toHaveAccessibleDescription(/'kube\.system'/)
  await expect(imageField(page)).toHaveAccessibleDescription(/UPPER/)
  await expect(page.getByLabel('Replicas')).toHaveAccessibleDescription(/number/)
  await expect(page.getByLabel('Host IP')).toHaveAccessibleDescription(/10\.0\.0\.300/)
  await expect(page.getByLabel('Port', { exact: true })).toHaveAccessibleDescription(/70000|65535/)
  await expect(variable.getByLabel('Name')).toHaveAccessibleDescription(/1=2/)

  const faults = page.getByRole('region', { name: 'Values to correct' })
  await faults.getByRole('button', { name: /File 1, Path/ }).click()
  await expect(page.getByLabel('Path')).toBeFocused()
  await expect(page.getByLabel('Path')).toHaveAccessibleDescription(/\/proc/)
  await expect(page.getByLabel('Replicas')).toHaveValue('many')
  expect(await listInstallations(page)).not.toContain('Jdbc_1')
})

test('what only the console knows comes back to its field too', async ({ page }) => {
  await page.getByLabel('Name', { exact: true }).fill('missing-document')
  await imageField(page).fill('nginx:1')
  await add(page, 'File')
  await page.getByRole('button', { name: 'Mount Resource' }).click()
  await page.getByLabel('Path').fill('/app/config')
  await page.getByLabel('Resource Name').fill('no/such.txt')
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await expect(page.getByLabel('Resource Name')).toBeFocused()
  await expect(page.getByLabel('Resource Name')).toHaveAccessibleDescription(/no\/such\.txt/)
  expect(await listInstallations(page)).not.toContain('missing-document')
})

test('a draft survives a reload without its secrets, and can be discarded', async ({ page }) => {
  await page.getByLabel('Name', { exact: true }).fill('drafted')
  await add(page, 'Environment Variable')
  await page.getByRole('button', { name: 'As secret' }).click()
  const variable = page.getByRole('group', { name: 'Environment Variable 1' })
  await variable.getByLabel('Name').fill('PASSWORD')
  await variable.getByLabel('Value', { exact: true }).fill('never kept')
  await expect(page.getByText('Draft kept in this browser')).toBeVisible()

  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await settle(page)
  await expect(page.getByText('Your draft is back')).toBeVisible()
  await expect(page.getByText('Secret values are never kept in a draft')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true }).first()).toHaveValue('drafted')
  await expect(variable.getByLabel('Name')).toHaveValue('PASSWORD')
  await expect(variable.getByLabel('Value', { exact: true })).toHaveValue('')
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('never kept')

  await page.getByRole('button', { name: 'Discard draft' }).first().click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
  await page.reload()
  await settle(page)
  await expect(imageField(page)).toBeVisible()
  await expect(page.getByText('Your draft is back')).toBeHidden()
})

test('two people update the same installation, and neither change is lost', async ({ page, browser }) => {
  await page.getByLabel('Name', { exact: true }).fill('shared')
  await imageField(page).fill('nginx:1')
  await add(page, 'Host Alias')
  const alias = page.getByRole('group', { name: 'Host Alias 1' })
  await alias.getByLabel('Name').fill('dbnode')
  await alias.getByLabel('Host IP').fill('10.0.0.1')
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await page.waitForURL('**/clusters/sandbox')

  const edit = '/ns/default/clusters/sandbox/installations/shared/edit'
  await visit(page, edit)
  await expect(imageField(page)).toHaveValue('nginx:1')
  const other = await browser.newContext()
  try {
    const second = await other.newPage()
    await signIn(second, edit)
    await second.getByLabel('Host IP').fill('10.0.0.2')
    await second.getByRole('button', { name: 'Update Installation' }).click()
    await second.waitForURL('**/clusters/sandbox')
  } finally {
    await other.close()
  }

  await imageField(page).fill('nginx:2')
  await page.getByRole('button', { name: 'Update Installation' }).click()
  await expect(page.getByText(/deployed revision 2 of shared while you were typing/)).toBeVisible()
  await page.getByRole('button', { name: 'Merge their changes into mine' }).click()
  await expect(page.getByLabel('Host IP')).toHaveValue('10.0.0.2')
  await expect(imageField(page)).toHaveValue('nginx:2')
  await expect(page.getByText('against revision 2')).toBeVisible()
  await page.getByRole('button', { name: 'Update Installation' }).click()
  await page.waitForURL('**/clusters/sandbox')
})

test('typing the name of an installation says that it is an update', async ({ page }) => {
  await page.getByLabel('Name', { exact: true }).fill('twice')
  await imageField(page).fill('nginx:1')
  await page.getByRole('button', { name: 'Deploy', exact: true }).dblclick()
  await page.waitForURL('**/clusters/sandbox')

  await visit(page, newInstallation)
  await page.getByLabel('Name', { exact: true }).fill('twice')
  await expect(page.getByText('twice exists: deploying updates it')).toBeVisible()
  // Pressed twice above, deployed once.
  await expect(page.getByText(/^Revision 1 in Kubernetes namespace default/)).toBeVisible()
  await imageField(page).fill('nginx:2')
  await expect(page.getByText('against revision 1')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Update Installation' })).toBeVisible()
})
