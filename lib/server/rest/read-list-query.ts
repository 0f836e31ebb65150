import { invalid, type Fault } from '#lib/domain/errors.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import { parseInput } from '../resources/parse-input.ts'

const whereLimitBytes = 4096
const known = ['where', 'props', 'sort', 'limit', 'page', 'count', 'search']

/** The query of a list: `where`, `props` and `sort` are JSON, `limit` and `page` numbers, `count` true or false. */
export function readListQuery(parameters: URLSearchParams): ListQuery {
  const faults = faultsOfParameters(parameters, known)
  const given: Record<string, unknown> = {}
  for (const [name, text] of parameters) {
    if (name === 'namespace' || !known.includes(name)) continue
    if (name === 'where' && Buffer.byteLength(text) > whereLimitBytes) {
      const message = `'where' has at most ${whereLimitBytes} bytes, and this one has ${Buffer.byteLength(text)}`
      faults.push({ path: [name], rule: 'maximumBytes', message, given: Buffer.byteLength(text) })
    } else {
      const value = parseParameter(text)
      if (value === undefined) {
        faults.push({ path: [name], rule: 'json', message: `'${name}' is not JSON`, given: text })
      } else {
        given[name] = value
      }
    }
  }
  if (faults.length > 0) throw invalid(faults)
  return parseInput(ListQuery, given)
}

/** Refuses what would otherwise be passed over in silence: a misspelt `where` would answer everything. */
export function faultsOfParameters(parameters: URLSearchParams, known: readonly string[]): Fault[] {
  const allowed = [...known.filter((name) => name !== 'namespace'), 'namespace']
  return [...parameters].flatMap(([name, given]) => {
    if (allowed.includes(name)) return []
    const message = `There is no parameter '${name}' here; there is ${allowed.join(', ')}`
    return [{ path: [name], rule: 'knownParameter', message, given }]
  })
}

function parseParameter(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
