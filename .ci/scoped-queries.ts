import { getTableColumns, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import * as schema from '#drizzle/schema.ts'
import { readSources, report } from './source-files.ts'
import { unscoped } from './unscoped-queries.ts'

const namespaced = new Set(
  Object.entries(schema)
    .filter(([, table]) => is(table, PgTable) && 'namespaceId' in getTableColumns(table))
    .map(([name]) => name),
)

/**
 * Every query on a namespace's table whose `where` is not made by `scope.in(…)`. Files with a reason to look across
 * namespaces (a worker's lease, a token before it is known whose it is) are listed with it in unscoped-queries.ts.
 */
export function findUnscopedQueries(
  sources: ReadonlyMap<string, string>,
  excepted: Readonly<Record<string, string>>,
): string[] {
  const faults: string[] = []
  const used = new Set<string>()
  for (const [path, text] of sources) {
    for (const match of text.matchAll(/\.(from|update|delete)\((\w+)\)/g)) {
      const table = match[2]!
      if (!namespaced.has(table)) continue
      const chain = readChain(text, match.index)
      if (isScoped(chain, text)) continue
      const exception = Object.keys(excepted).find((each) => path === each || path.startsWith(`${each}/`))
      if (exception !== undefined) {
        used.add(exception)
        continue
      }
      const line = text.slice(0, match.index).split('\n').length
      faults.push(`${path}:${line}: a query on ${table} is not confined by scope.in(${table}, …)`)
    }
  }
  const idle = Object.keys(excepted).filter((each) => !used.has(each))
  return [...faults, ...idle.map((each) => `.ci/unscoped-queries.ts: ${each} needs no exception any more`)]
}

/** By `.where(scope.in(…))`, inside `and(…)` or by a name that stands for it. */
function isScoped(chain: string, text: string): boolean {
  if (/\.where\(\s*(and\(\s*)?scope\.in\(/.test(chain)) return true
  const name = /\.where\(\s*(?:and\(\s*)?(\w+)\s*[,)]/.exec(chain)?.[1]
  return name !== undefined && new RegExp(`\\b(const )?${name}\\b( =|:) scope\\.in\\(`).test(text)
}

/** The calls chained from an index on: `.from(x).where(…).limit(1)`. */
function readChain(text: string, start: number): string {
  let end = start
  for (;;) {
    const call = /^\s*\.\w+(<[^>()]*>)?\(/.exec(text.slice(end))
    if (!call) return text.slice(start, end)
    end = endOfCall(text, end + call[0].length)
  }
}

/** The index after the parenthesis that closes the one before `start`. */
function endOfCall(text: string, start: number): number {
  let depth = 1
  let index = start
  for (; index < text.length && depth > 0; index += 1) {
    if (text[index] === '(') depth += 1
    else if (text[index] === ')') depth -= 1
  }
  return index
}

if (import.meta.main) {
  const sources = readSources((path) => path.startsWith('lib/server/') && !path.endsWith('.test.ts'))
  report(findUnscopedQueries(sources, unscoped), `every query on a namespace's table is scoped`)
}
