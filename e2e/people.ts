import { expect, type Page } from '@playwright/test'
import { adminEmail, adminPassword } from './product.ts'

/** Signs in as the first admin and ends on `path`. */
export async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
  await page.getByLabel('E-mail').fill(adminEmail)
  await page.getByRole('textbox', { name: 'Password' }).fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname === path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // What the server streamed stays in the document for a moment, out of sight, beside what is shown.
  await expect(page.locator('div[hidden][id^="S:"]')).toHaveCount(0)
  // Drawn by the server, the page is there before it works; the badge says that it does.
  await expect(page.getByText('Live', { exact: true }).filter({ visible: true }).first()).toBeVisible()
}
