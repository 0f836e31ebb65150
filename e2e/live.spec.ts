import { rmSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { settle, signIn, visit } from './people.ts'
import { port } from './product.ts'
import { make } from './rest.ts'
import { runProduct } from './run-product.ts'
import { makeDataFolder } from './start-product.ts'

const badge = (page: Page, word: string) =>
  page.getByText(word, { exact: true }).filter({ visible: true }).first()

test('what happens in one tab is seen in the other without a reload', async ({ page, context }) => {
  await signIn(page, '/ns/default/clusters')
  const other = await context.newPage()
  // A tab that is not in front is not told to hold still here: both are drawn.
  await visit(other, '/ns/default/clusters')
  await expect(badge(other, 'Live')).toBeVisible()
  await make(page, 'k8sclusters', { name: 'seen-twice' })
  await expect(other.getByRole('link', { name: 'seen-twice', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'seen-twice', exact: true })).toBeVisible()

  await visit(other, '/ns/default/clusters/seen-twice')
  await expect(other.getByText('Nothing is installed here yet')).toBeVisible()
  await visit(page, '/ns/default/clusters/seen-twice/installations/new')
  await page.getByLabel('Name', { exact: true }).fill('watched')
  await page.getByLabel('Kubernetes Namespace').fill('default')
  await page.getByRole('textbox', { name: 'Image', exact: true }).fill('quay.io/vantiq/jdbc-connector:1.4')
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await expect(other.getByText('1 work item in the queue')).toBeVisible()
  await expect(other.getByRole('link', { name: 'watched', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Deploy of watched is undone.')).toBeVisible()
  await expect(other.getByText('1 work item in the queue')).toBeHidden()
})

test('two tabs work in two namespaces, and filters are there again after going back', async ({
  page,
  context,
}) => {
  await signIn(page, '/ns/default/workitems')
  await page.getByLabel('Filter by status').selectOption('FAILED')
  await expect(page).toHaveURL(/status=FAILED/)
  await page.getByRole('link', { name: 'Clusters' }).first().click()
  await expect(page).toHaveURL(/\/ns\/default\/clusters$/)
  await page.goBack()
  await expect(page).toHaveURL(/status=FAILED/)
  await expect(page.getByLabel('Filter by status')).toHaveValue('FAILED')

  const other = await context.newPage()
  await visit(other, '/ns/default/settings/members')
  await other.getByRole('button', { name: 'New namespace' }).click()
  await other.getByRole('dialog').getByLabel('Name', { exact: true }).fill('second')
  await other.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await expect(other).toHaveURL(/\/ns\/second\//)
  await visit(other, '/ns/second/clusters')
  await expect(other.getByText('No clusters yet')).toBeVisible()
  await visit(page, '/ns/default/clusters')
  await expect(page.getByRole('link', { name: 'sandbox', exact: true })).toBeVisible()
  await other.reload()
  await settle(other)
  await expect(other.getByText('No clusters yet')).toBeVisible()
})

test.describe('the console goes away and comes back', () => {
  const ownAddress = `http://localhost:${port + 2}`
  test.use({ baseURL: ownAddress })

  test('the page says so, keeps what is typed, and recovers by itself', async ({ page, context }) => {
    test.setTimeout(120_000)
    const dataFolder = makeDataFolder()
    const run = () => runProduct({ port: port + 2, dataFolder, environment: { SANDBOX: 'off' } })
    let end = await run()
    try {
      await signIn(page, '/ns/default/clusters')
      await make(page, 'k8sclusters', { name: 'before' })
      await expect(page.getByRole('link', { name: 'before', exact: true })).toBeVisible()
      const form = await context.newPage()
      await visit(form, '/ns/default/clusters/new')
      await expect(badge(form, 'Live')).toBeVisible()
      await form.getByRole('textbox', { name: 'Name', exact: true }).fill('meanwhile')

      await end()
      await expect(badge(page, 'Reconnecting')).toBeVisible()
      await expect(page.getByRole('link', { name: 'before', exact: true })).toBeVisible()
      await form.getByRole('button', { name: 'Create', exact: true }).click()
      await expect(form.getByText(/did not answer/)).toBeVisible()
      await expect(form.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('meanwhile')

      end = await run()
      await expect(badge(page, 'Live')).toBeVisible({ timeout: 30_000 })
      await form.getByRole('button', { name: 'Create', exact: true }).click()
      await expect(form).toHaveURL(`${ownAddress}/ns/default/clusters/meanwhile/connect`)
      await expect(page.getByRole('link', { name: 'meanwhile', exact: true })).toBeVisible()
    } finally {
      await end()
      rmSync(dataFolder, { recursive: true, force: true })
    }
  })
})
