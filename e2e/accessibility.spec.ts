import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { signIn, visit } from './people.ts'
import { make } from './rest.ts'

test.describe.configure({ timeout: 120_000 })

/**
 * What axe finds wrong on the page as it is drawn now, as lines one can act on: every rule in the light; in the dark the
 * one that a theme can break.
 */
async function listViolations(page: Page, where: string, part = 'html'): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-scheme', colorScheme)
    const axe = new AxeBuilder({ page }).include(part)
    // Without frames nothing has to be gathered in a page of its own.
    axe.setLegacyMode()
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules('color-contrast')).analyze()
    for (const { id, nodes } of violations) {
      for (const node of nodes) found.push(`${where}, ${colorScheme}: ${id} at ${node.target.join(' ')}`)
    }
  }
  return found
}

/** One of everything, on a cluster without a worker: it stays as it is while it is looked at. */
async function makeSomething(page: Page): Promise<{ requestId: string }> {
  await make(page, 'k8sclusters', { name: 'looked-at' })
  return make(page, 'k8sclusters/looked-at/command', {
    op: 'deploy',
    data: {
      name: 'looked-at',
      k8sNamespace: 'default',
      config: [
        { type: 'image', name: 'quay.io/vantiq/jdbc-connector:1.4' },
        { type: 'hostAlias', name: 'dbnode', hostIP: '10.0.0.17' },
        { type: 'file', path: '/app/serverConfig', filename: 'server.config', content: 'sources=jdbc\n' },
        { type: 'inboundPort', port: 8080, protocol: 'TCP' },
        { type: 'environmentVariable', name: 'PASSWORD', value: 'hush', asSecret: true },
      ],
    },
  })
}

test('no page breaks a rule of accessibility, in the light and in the dark', async ({ page }) => {
  await page.goto('/sign-in')
  const found = await listViolations(page, '/sign-in')
  await signIn(page, '/ns/default/clusters')
  const { requestId } = await makeSomething(page)
  const cluster = '/ns/default/clusters/looked-at'
  for (const path of [
    '/ns/default/clusters',
    '/ns/default/clusters/new',
    cluster,
    `${cluster}/connect`,
    `${cluster}/installations/new`,
    `${cluster}/installations/looked-at/overview`,
    `${cluster}/installations/looked-at/objects`,
    `${cluster}/installations/looked-at/edit`,
    '/ns/default/workitems',
    `/ns/default/workitems/${requestId}`,
    '/ns/default/library/documents',
    '/ns/default/library/images',
    '/ns/default/library/videos',
    '/ns/default/settings/members',
    '/ns/default/settings/tokens',
    '/account',
    '/ns/nowhere',
  ]) {
    await visit(page, path)
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    found.push(...(await listViolations(page, path)))
  }
  expect(found).toEqual([])
})

test('no dialog or menu does either, nor a page on a phone', async ({ page }) => {
  await signIn(page, '/ns/default/settings/tokens')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toBeVisible()
  const found = await listViolations(page, 'new token')

  await visit(page, '/ns/default/settings/members')
  await page.getByRole('button', { name: 'New person' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await expect(page.getByLabel('E-mail address')).toHaveAccessibleDescription(/./)
  found.push(...(await listViolations(page, 'new person, with faults')))

  await visit(page, '/ns/default/clusters/sandbox')
  await page.getByRole('button', { name: 'Actions of cluster sandbox' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete cluster' })).toBeVisible()
  found.push(...(await listViolations(page, 'menu of a cluster', '[role=menu]')))
  await page.getByRole('menuitem', { name: 'Delete cluster' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  found.push(...(await listViolations(page, 'deleting a cluster')))

  await page.setViewportSize({ width: 360, height: 740 })
  await visit(page, '/ns/default/clusters/sandbox/installations/new')
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Values to correct' })).toBeVisible()
  found.push(...(await listViolations(page, 'deploy wizard with faults, on a phone')))
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await expect(page.getByRole('link', { name: 'Workitems' })).toBeVisible()
  found.push(...(await listViolations(page, 'navigation, on a phone')))
  expect(found).toEqual([])
})

test('no page is wider than a small phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await signIn(page, '/ns/default/clusters')
  await make(page, 'k8sclusters', { name: 'a-cluster-with-a-name-as-long-as-may-be' })
  await make(page, 'k8sclusters/a-cluster-with-a-name-as-long-as-may-be/command', {
    op: 'deploy',
    data: {
      name: 'an-installation-with-a-name-as-long-as-may-be',
      k8sNamespace: 'default',
      config: [{ type: 'image', name: 'quay.io/a/b:1' }],
    },
  })
  for (const path of [
    '/ns/default/clusters',
    '/ns/default/clusters/a-cluster-with-a-name-as-long-as-may-be',
    '/ns/default/clusters/sandbox',
    '/ns/default/clusters/sandbox/connect',
    '/ns/default/clusters/sandbox/installations/new',
    '/ns/default/workitems',
    '/ns/default/settings/members',
    '/ns/default/settings/tokens',
    '/account',
  ]) {
    await visit(page, path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(320)
  }
})
