import { expect, type Page } from '@playwright/test'
import { adminEmail, adminPassword } from './product.ts'

/** Goes to a page of the console, and on when it is whole. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settle(page)
}

/** What the server streamed stays in the document for a moment, out of sight, beside what is shown. */
export async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('div[hidden][id^="S:"]')).toHaveCount(0)
}

/** Signs in as the first admin and ends on `path`. */
export async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
  await page.getByLabel('E-mail').fill(adminEmail)
  await page.getByRole('textbox', { name: 'Password' }).fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname === path)
  await settle(page)
  // Drawn by the server, the page is there before it works; the badge says that it does.
  await expect(page.getByText('Live', { exact: true }).filter({ visible: true }).first()).toBeVisible()
}
