import { invalid, type Fault } from '#lib/domain/errors.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import { parseInput } from '../resources/parse-input.ts'

const whereLimitBytes = 4096
const known = ['where', 'props', 'sort', 'limit', 'page', 'count', 'search', 'namespace']

/** The query of a list: `where`, `props` and `sort` are JSON, `limit` and `page` numbers, `count` true or false. */
export function readListQuery(parameters: URLSearchParams): ListQuery {
  const faults: Fault[] = []
  const given: Record<string, unknown> = {}
  for (const [name, text] of parameters) {
    if (name === 'namespace') continue
    if (!known.includes(name)) {
      const message = `There is no parameter '${name}'; a list has ${known.join(', ')}`
      faults.push({ path: [name], rule: 'knownParameter', message, given: text })
    } else if (name === 'where' && Buffer.byteLength(text) > whereLimitBytes) {
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

function parseParameter(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
