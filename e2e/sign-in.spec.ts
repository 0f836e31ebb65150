import { expect, test, type Page } from '@playwright/test'
import { visit } from './people.ts'
import { startIdentityProvider } from './identity-provider.ts'
import { address, adminEmail, adminPassword, identityProvider } from './product.ts'

async function signIn(page: Page, password = adminPassword): Promise<void> {
  await page.getByLabel('E-mail address').fill(adminEmail)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const clusters = `${address}/ns/default/clusters`

test('a wrong password is refused in a sentence, and the right one leads to where one wanted', async ({
  page,
}) => {
  await visit(page, '/ns/default/workitems')
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/)
  await signIn(page, 'not the password')
  await expect(page.getByText('E-mail address or password is wrong.')).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toHaveValue(adminEmail)
  await signIn(page)
  await expect(page).toHaveURL(`${address}/ns/default/workitems`)
  const cookies = await page.context().cookies()
  expect(cookies.find((cookie) => cookie.name === 'windlass.session')).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
  })
})

test('a link that leads elsewhere after the sign-in stays on the console', async ({ page }) => {
  await page.goto('/sign-in?callbackUrl=https%3A%2F%2Felsewhere.example%2F')
  await signIn(page)
  await expect(page).toHaveURL(clusters)
})

test('no page breaks its own policy against injected code', async ({ page }) => {
  const violations: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  await page.goto('/sign-in')
  await signIn(page)
  await expect(page).toHaveURL(clusters)
  for (const path of ['/ns/default/workitems', '/ns/default/library/documents', '/account']) {
    await visit(page, path)
  }
  expect(violations).toEqual([])
})

test('signing out everywhere ends the other browser’s session with its next click', async ({
  page,
  browser,
}) => {
  await page.goto('/sign-in')
  await signIn(page)
  await expect(page).toHaveURL(clusters)
  const elsewhere = await browser.newContext({ baseURL: address })
  const other = await elsewhere.newPage()
  await other.goto('/sign-in')
  await signIn(other)
  await expect(other).toHaveURL(clusters)
  await visit(page, '/account')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await visit(other, '/ns/default/workitems')
  await expect(other).toHaveURL(/\/sign-in/)
  expect((await other.request.get('/api/v1/resources/k8sclusters?namespace=default')).status()).toBe(401)
  await elsewhere.close()
})

test('forms work behind a proxy that names another host', async ({ page }) => {
  await page.setExtraHTTPHeaders({
    'x-forwarded-host': 'proxy.example:8080',
    forwarded: 'host=proxy.example',
  })
  await page.goto('/sign-in')
  await signIn(page)
  await expect(page).toHaveURL(clusters)
  await visit(page, '/account')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
})

test('a change that a foreign page sends with the cookie is refused', async ({ page }) => {
  await page.goto('/sign-in')
  await signIn(page)
  await expect(page).toHaveURL(clusters)
  for (const path of ['/api/v1/resources/k8sclusters?namespace=default', '/ns/default/clusters']) {
    for (const origin of ['https://elsewhere.example', 'null']) {
      const answer = await page.request.post(path, { headers: { origin }, data: { name: 'forged' } })
      expect(answer.status(), `${path} from ${origin}`).toBe(403)
    }
  }
})

test('an identity of the single sign-on is refused until it is linked, whatever address it claims', async ({
  page,
  browser,
}) => {
  const provider = await startIdentityProvider()
  try {
    provider.as({ subject: 'subject-1', email: adminEmail })
    await page.goto('/sign-in')
    await page.getByRole('button', { name: `Continue with ${identityProvider.name}` }).click()
    await expect(page.getByText('This identity is not linked to anybody here.')).toBeVisible()

    await signIn(page)
    await expect(page).toHaveURL(clusters)
    await visit(page, '/account')
    await page.getByRole('button', { name: `Link ${identityProvider.name}` }).click()
    await expect(page.getByText(`Your identity at ${identityProvider.name} is linked`)).toBeVisible()

    const signInThere = async () => {
      const fresh = await (await browser.newContext({ baseURL: address })).newPage()
      await fresh.goto('/sign-in')
      await fresh.getByRole('button', { name: `Continue with ${identityProvider.name}` }).click()
      return fresh
    }
    await expect(await signInThere()).toHaveURL(clusters)
    provider.as({ subject: 'subject-2', email: adminEmail })
    const stranger = await signInThere()
    await expect(stranger.getByText('This identity is not linked to anybody here.')).toBeVisible()
    provider.as({ subject: 'subject-1', email: adminEmail, nonce: 'of an earlier sign-in' })
    await expect((await signInThere()).getByText('refused the sign-in, or it took too long')).toBeVisible()
  } finally {
    provider.close()
  }
})
