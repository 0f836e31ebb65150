import { expect, test, type Page } from '@playwright/test'
import { signIn } from './people.ts'
import { address } from './product.ts'
import { make, send } from './rest.ts'

const viewer = { name: 'Vera Viewer', email: 'vera@example.com', password: 'a password of her own' }

/** Signs in with what the admin was shown, and gives the first sign-in the password it asks for. */
async function signInFirst(page: Page, initialPassword: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(viewer.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(initialPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Choose a password of your own' })).toBeVisible()
  await page.getByLabel('Present password', { exact: true }).fill(initialPassword)
  await page.getByLabel('New password', { exact: true }).fill(viewer.password)
  await page.getByLabel('New password, once more', { exact: true }).fill(viewer.password)
  await page.getByRole('button', { name: 'Change password' }).click()
}

test('an admin creates a namespace and a person; the viewer sees it, changes nothing and finds no other', async ({
  page,
  browser,
}) => {
  await signIn(page, '/ns/default/settings/members')

  await test.step('a namespace', async () => {
    await page.getByRole('button', { name: 'New namespace' }).click()
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('factory')
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    await expect(page).toHaveURL(/\/ns\/factory\/settings\/members$/)
    await make(page, 'k8sclusters', { name: 'line-1' }, 'factory')
  })

  const password = await test.step('a person, with a password that is shown once', async () => {
    await page.getByRole('button', { name: 'New person' }).click()
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(viewer.name)
    await page.getByRole('dialog').getByLabel('E-mail address').fill(viewer.email)
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    const shown = await page.getByLabel('initial password', { exact: true }).innerText()
    await page.getByRole('button', { name: 'I have copied it' }).click()
    return shown
  })

  await test.step('a membership', async () => {
    await page.getByRole('button', { name: 'Add member' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a member to factory' })
    await dialog.getByRole('combobox', { name: 'Person' }).click()
    await page.getByRole('option', { name: viewer.name }).click()
    await dialog.getByRole('button', { name: 'Add member' }).click()
    const row = page.getByRole('table', { name: 'Members' }).getByRole('row', { name: viewer.name })
    await expect(row).toContainText('Viewer')
  })

  const theirs = await browser.newContext({ baseURL: address })
  const other = await theirs.newPage()
  await signInFirst(other, password)

  await test.step('the viewer sees the namespace and is offered no change', async () => {
    await expect(other).toHaveURL(/\/ns\/factory\/clusters$/)
    await expect(other.getByRole('link', { name: 'line-1', exact: true })).toBeVisible()
    await expect(other.getByRole('link', { name: 'New', exact: true })).toBeHidden()
    await other.getByRole('link', { name: 'line-1', exact: true }).click()
    await expect(other.getByRole('heading', { name: 'line-1' })).toBeVisible()
    await expect(other.getByRole('link', { name: 'Deploy', exact: true })).toBeHidden()
    await expect(other.getByRole('button', { name: 'Actions of cluster line-1' })).toBeHidden()
  })

  await test.step('what is not offered is refused as well', async () => {
    const made = await send(other, 'POST', 'k8sclusters', { namespace: 'factory', data: { name: 'line-2' } })
    expect(made.status()).toBe(403)
    const seen = await other.request.get('/api/v1/resources/k8sclusters?namespace=factory')
    expect(((await seen.json()) as { name: string }[]).map(({ name }) => name)).toEqual(['line-1'])
  })

  await test.step('a namespace without membership is not there, like one that does not exist', async () => {
    for (const namespace of ['default', 'nowhere']) {
      expect((await other.goto(`/ns/${namespace}/clusters`))?.status(), namespace).toBe(404)
      await expect(other.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible()
    }
  })

  await test.step('a membership that is taken away ends it with the next look', async () => {
    await page.getByRole('button', { name: `Remove ${viewer.name} from factory` }).click()
    await expect(page.getByText('No members yet')).toBeVisible()
    expect((await other.goto('/ns/factory/clusters'))?.status()).toBe(404)
  })
  await theirs.close()
})
