import { posix } from 'node:path'
import { readSources, report } from './source-files.ts'

/** ARCHITECTURE.md's table: a room, and the rooms it may import beside itself. */
const table: Record<string, readonly string[]> = {
  'lib/domain': [],
  'lib/manifests': ['lib/domain'],
  'lib/protocol': ['lib/domain'],
  'lib/queries': ['lib/domain'],
  'lib/server': ['lib/domain', 'lib/manifests', 'lib/protocol', 'drizzle'],
  components: ['lib/domain', 'lib/manifests', 'lib/queries'],
  app: ['components', 'lib'],
  worker: ['lib/domain', 'lib/manifests', 'lib/protocol'],
  sandbox: [],
  drizzle: ['lib/domain', 'lib/server'],
  deploy: ['lib', 'drizzle'],
  'server.ts': ['lib', 'drizzle'],
  'proxy.ts': ['lib'],
  'instrumentation.ts': ['lib'],
  e2e: ['lib', 'drizzle', 'deploy', 'worker', 'sandbox', '.ci'],
  bench: ['lib', 'drizzle', 'deploy', 'worker', 'sandbox', 'e2e', '.ci'],
  '.ci': ['lib', 'drizzle', 'deploy', 'worker', 'sandbox', 'e2e'],
}

/** Rooms that also run in a browser, or must be pure: nothing of Node's, either. */
const withoutNode = new Set(['lib/domain', 'lib/manifests', 'lib/queries', 'components'])

/** Every import that the table does not allow. `sources` maps paths from the root to texts. */
export function findForbiddenImports(sources: ReadonlyMap<string, string>): string[] {
  const faults: string[] = []
  for (const [path, text] of sources) {
    const room = roomOf(path)
    if (room === undefined) {
      faults.push(`${path}: stands in no room of the table in .ci/import-table.ts`)
      continue
    }
    for (const specifier of importsOf(text)) {
      const isTest = /\.test\.tsx?$/.test(path)
      if (specifier.startsWith('node:') && withoutNode.has(room) && !isTest) {
        faults.push(`${path}: imports ${specifier}, and ${room} has nothing of Node's`)
      }
      const target = resolve(path, specifier)
      if (target === undefined) continue
      const targetRoom = roomOf(target)
      if (targetRoom === undefined || targetRoom === room) continue
      // A test stands outside, as e2e does: it may use any room's public face.
      const allowed = isTest ? table.e2e! : table[room]!
      if (!allowed.some((each) => targetRoom === each || targetRoom.startsWith(`${each}/`))) {
        faults.push(`${path}: imports ${target}, and ${room} may not import ${targetRoom}`)
      }
    }
  }
  return faults
}

function roomOf(path: string): string | undefined {
  const steps = path.split('/')
  return [steps.slice(0, 2).join('/'), steps[0]!].find((each) => each in table)
}

function importsOf(text: string): string[] {
  const pattern = /\b(?:from|import|import\(|require\()\s*(['"])([^'"\n]+)\1/g
  return [...text.matchAll(pattern)].map((match) => match[2]!)
}

/** The path from the root, or undefined for a package. */
function resolve(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#ci/')) return `.ci/${specifier.slice(4)}`
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined
}

if (import.meta.main) {
  const inRooms = (path: string) =>
    /\//.test(path) || ['server.ts', 'proxy.ts', 'instrumentation.ts'].includes(path)
  // The table's own test is made of what it refuses.
  const sources = readSources((path) => inRooms(path) && path !== '.ci/import-table.test.ts')
  report(findForbiddenImports(sources), `${sources.size} files keep to the import table`)
}
