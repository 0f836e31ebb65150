import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findBrowser } from '../.ci/browser.ts'
import type { Bench, Figure } from './figures.ts'

const port = Number(process.env.BENCH_PORT ?? 4190)
const address = `http://localhost:${port}`
const person = { email: 'admin@example.com', password: 'correct horse battery staple' }
const visits = 3

/** Each page with what stands in it once it can be used: until then is what a page costs. */
const visited: readonly { title: string; path: string; usable: string }[] = [
  { title: 'sign in', path: '/sign-in', usable: 'role=button[name="Sign in"]' },
  { title: 'clusters', path: '/ns/default/clusters', usable: 'role=table[name="Clusters"]' },
  {
    title: 'cluster panel',
    path: '/ns/default/clusters/sandbox',
    usable: 'role=link[name="Deploy"]',
  },
  {
    title: 'deploy wizard',
    path: '/ns/default/clusters/sandbox/installations/new',
    usable: 'role=button[name="Deploy"]',
  },
  { title: 'library', path: '/ns/default/library/documents', usable: 'role=button[name="Upload"]' },
]

/**
 * Compressed JavaScript of a first visit, from the production build, with an empty cache: what was sent until the page
 * can be used, and what arrives by itself afterwards (editor, checks, preview).
 */
export const pages: Bench = {
  about: 'first-load JavaScript of each page, compressed',
  async run(say) {
    const dataFolder = mkdtempSync(join(tmpdir(), 'windlass-bench-'))
    chmodSync(dataFolder, 0o711)
    const stop = await startProduct(dataFolder)
    const executablePath = findBrowser()
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    try {
      const state = await signIn(browser)
      const figures: Figure[] = []
      for (const page of visited) {
        const measured = []
        for (let visit = 0; visit < visits; visit += 1) measured.push(await measure(browser, state, page))
        figures.push(
          { title: page.title, unit: 'KiB', values: measured.map(({ first }) => first / 1024) },
          { title: `${page.title}, in all`, unit: 'KiB', values: measured.map(({ all }) => all / 1024) },
        )
        say(page.title)
      }
      return figures
    } finally {
      await browser.close()
      await stop()
      rmSync(dataFolder, { recursive: true, force: true })
    }
  },
}

type SignedIn = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>

async function signIn(browser: Browser): Promise<SignedIn> {
  const context = await browser.newContext({ baseURL: address })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/ns/default/clusters')
  const state = await context.storageState()
  await context.close()
  return state
}

async function measure(browser: Browser, state: SignedIn, { path, usable }: (typeof visited)[number]) {
  const context = await browser.newContext({
    baseURL: address,
    ...(path === '/sign-in' ? {} : { storageState: state }),
  })
  try {
    const page = await context.newPage()
    const document = await (await page.goto(path))?.text()
    await page.locator(usable).first().waitFor()
    let known = -1
    for (let scripts = await readScripts(page); scripts.length !== known; scripts = await readScripts(page)) {
      known = scripts.length
      await page.waitForTimeout(quietMilliseconds)
    }
    const scripts = await readScripts(page)
    const sum = (some: typeof scripts) => some.reduce((bytes, script) => bytes + script.bytes, 0)
    // React needs every script the document names before a page can be used; the others it asks for by itself.
    return { first: sum(scripts.filter(({ name }) => document?.includes(name))), all: sum(scripts) }
  } finally {
    await context.close()
  }
}

/** After so long without another script the page has all it wants by itself. */
const quietMilliseconds = 1_500

function readScripts(page: Page): Promise<{ name: string; bytes: number }[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((entry) => entry as PerformanceResourceTiming)
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(({ name, encodedBodySize }) => ({ name: new URL(name).pathname, bytes: encodedBodySize })),
  )
}

async function startProduct(dataFolder: string): Promise<() => Promise<void>> {
  const product = spawn(process.execPath, ['deploy/local/start.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      ...process.env,
      DATABASE_URL: '',
      PUBLIC_URL: '',
      PORT: String(port),
      DATA_DIR: dataFolder,
      ADMIN_EMAIL: person.email,
      ADMIN_PASSWORD: person.password,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [product.stdout, product.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = new Promise<void>((settle) => product.on('close', () => settle()))
  while (!output.includes('is ready after')) {
    if (product.exitCode !== null) throw new Error(`The product did not start:\n${output}`)
    await Promise.race([ended, new Promise((settle) => setTimeout(settle, 50))])
  }
  return async () => {
    product.kill('SIGTERM')
    await ended
  }
}
