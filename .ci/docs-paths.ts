import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles, report, root } from './source-files.ts'

/**
 * Paths that README, ARCHITECTURE and CHANGELOG name must be there: `lib/server/access/verb.ts` in backticks, links
 * and pictures. Folders that only a running program makes are known by name.
 */
const madeWhenRunning = /^(\.data|\.next|node_modules|worker\/dist)(\/|$)/

const files = new Set(listFiles())
const folders = new Set([...files].flatMap((file) => parentsOf(file)))
const faults: string[] = []
for (const document of [...files].filter((file) => /^[^/]+\.md$/.test(file))) {
  const text = readFileSync(join(root, document), 'utf8')
  for (const path of pathsIn(text)) {
    if (madeWhenRunning.test(path) || files.has(path) || folders.has(path.replace(/\/$/, ''))) continue
    if (!existsSync(join(root, path))) faults.push(`${document}: names ${path}, which is not there`)
  }
}
report(faults, 'the documents name only what is there')

function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([\w.@[\]/-]+)`/g)].map((match) => match[1]!)
  const rooms = new Set([...files].map((file) => file.split('/')[0]!))
  const named = quoted.filter((each) => each.includes('/') && rooms.has(each.split('/')[0]!))
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1]!)
  return [...named, ...links]
}

function parentsOf(file: string): string[] {
  const steps = file.split('/').slice(0, -1)
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'))
}
