import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** Takes the README's pictures, light and dark, while the specs run; only for `npm run pictures`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES !== '1') return
  const size = page.viewportSize()
  await page.setViewportSize({ width: 1440, height: 900 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({
      path: join(import.meta.dirname, 'pictures', `${name}-${colorScheme}.png`),
      animations: 'disabled',
      caret: 'hide',
    })
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
  if (size) await page.setViewportSize(size)
}
