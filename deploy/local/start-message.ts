import { relative } from 'node:path'

/** What the console says when it serves. */
export interface Ready {
  address: string
  adminEmail: string
  /** Only at the start that made it. */
  generatedPassword: string | null
}

/** The start message: what one needs next, and nothing else. */
export function describeStart(
  ready: Ready,
  about: {
    dataFolder: string | undefined
    kubeconfig: string | undefined
    notices: readonly string[]
    seconds: number
  },
): string {
  const rows: [string, string][] = [['Address', ready.address]]
  if (ready.generatedPassword === null) rows.push(['Sign in as', ready.adminEmail])
  else {
    rows.push(['Sign in as', ready.adminEmail])
    rows.push(['Password', `${ready.generatedPassword}   (shown this once)`])
  }
  if (about.dataFolder !== undefined) rows.push(['Data', shorten(about.dataFolder)])
  if (about.kubeconfig !== undefined) {
    rows.push(['Sandbox', 'cluster `sandbox`, simulated in memory, with a worker at work'])
    rows.push(['', `kubectl --kubeconfig ${shorten(about.kubeconfig)} get statefulsets,pods -A`])
  }
  const widest = Math.max(...rows.map(([title]) => title.length))
  return [
    '',
    `  Windlass is ready after ${about.seconds.toFixed(1)} s. Ctrl-C ends it.`,
    '',
    ...rows.map(([title, text]) => `  ${title.padEnd(widest)}   ${text}`),
    ...about.notices.map((notice) => `\n  ${notice}`),
    '',
    '',
  ].join('\n')
}

function shorten(path: string): string {
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') || fromHere === '' ? path : fromHere
}
