import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { signIn } from './people.ts'

/** The smallest PNG: one transparent pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

test('documents are uploaded, found, downloaded and deleted', async ({ page }) => {
  await signIn(page, '/ns/default/library/documents')
  const text = 'targetServer=http://vantiqhost:8080\n'
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await (
    await chooser
  ).setFiles([
    { name: 'server.config', mimeType: 'text/plain', buffer: Buffer.from(text) },
    { name: 'too-large.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(26_214_401) },
    { name: 'other.txt', mimeType: 'text/plain', buffer: Buffer.from('other') },
  ])
  await expect(page.getByLabel('Name of too-large.bin')).toHaveAccessibleDescription(/26,214,400 bytes/)
  await page.getByLabel('Name of server.config').fill('connectors/../server.config')
  await expect(page.getByLabel('Name of server.config')).toHaveAccessibleDescription(/a part '\.\.'/)
  await page.getByLabel('Name of server.config').fill('connectors/jdbc/server.config')
  await page.getByRole('button', { name: 'Upload 2 files' }).click()

  const list = page.getByRole('table', { name: 'Documents' })
  await expect(list.getByRole('link', { name: 'connectors/jdbc/server.config', exact: true })).toBeVisible()
  await expect(list.getByRole('link', { name: 'other.txt', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Take out too-large.bin' }).click()
  await expect(page.getByLabel('Name of too-large.bin')).toBeHidden()

  await page.getByRole('searchbox').fill('JDBC')
  await expect(page).toHaveURL(/search=JDBC/)
  await expect(list.getByRole('link', { name: 'other.txt', exact: true })).toBeHidden()
  const download = page.waitForEvent('download')
  await list.getByRole('link', { name: 'Download connectors/jdbc/server.config' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toBe(text)

  await page.getByRole('button', { name: 'Delete connectors/jdbc/server.config' }).click()
  await expect(page.getByRole('dialog')).toContainText('keep what they were deployed with')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('No document has “JDBC” in its name')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(list.getByRole('link', { name: 'other.txt', exact: true })).toBeVisible()
})

test('an image is shown, and what is none is refused at its file', async ({ page }) => {
  await signIn(page, '/ns/default/library/images')
  await page.getByLabel('Choose images to upload').setInputFiles([
    { name: 'pixel.png', mimeType: 'image/png', buffer: png },
    { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') },
  ])
  await page.getByRole('button', { name: 'Upload 2 files' }).click()
  await expect(page.getByLabel('Name of page.png')).toHaveAccessibleDescription(/is not a PNG/)
  await page.getByRole('button', { name: 'Preview pixel.png' }).click()
  const shown = page.getByRole('dialog').getByRole('img', { name: 'pixel.png' })
  await expect(shown).toBeVisible()
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
})

test('files dropped on the page are taken', async ({ page }) => {
  await signIn(page, '/ns/default/library/documents')
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }))
    return transfer
  })
  await page.getByTestId('drop-zone').dispatchEvent('drop', { dataTransfer: dropped })
  await page.getByRole('button', { name: 'Upload 1 file' }).click()
  await expect(page.getByRole('link', { name: 'dropped.txt', exact: true })).toBeVisible()
})
