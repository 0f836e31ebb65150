import { chromium, type Browser, type Page } from '@playwright/test'
import { findBrowser } from '../.ci/browser.ts'
import { signIn } from '../e2e/people.ts'
import { address } from '../e2e/product.ts'
import startProduct from '../e2e/start-product.ts'
import type { Bench, Figure } from './figures.ts'

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
    const stop = await startProduct()
    const executablePath = findBrowser()
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    try {
      const state = await openSession(browser)
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
    }
  },
}

type SignedIn = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>

async function openSession(browser: Browser): Promise<SignedIn> {
  const context = await browser.newContext({ baseURL: address })
  await signIn(await context.newPage(), '/ns/default/clusters')
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
