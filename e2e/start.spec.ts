import { expect, test } from '@playwright/test'
import { protocolHeader, protocolVersion, wirePaths } from '#lib/protocol/messages.ts'

test('somebody who is not signed in is shown the sign-in page', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
})

test('healthz answers once pages and workers are served', async ({ request }) => {
  const health = await request.get('/healthz')
  expect(health.status()).toBe(200)
  const claim = await request.post(wirePaths.claim, {
    headers: { [protocolHeader]: String(protocolVersion) },
    data: {},
  })
  expect(claim.status()).toBe(401)
})
