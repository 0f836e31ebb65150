import { and, asc, desc, eq, ilike, isNull, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { invalid, type Fault } from '#lib/domain/errors.ts'
import type { ListQuery } from '#lib/domain/list-query.ts'

/** A property a list can be filtered and sorted by. The type decides which values `where` may give for it. */
export interface ListColumn {
  column: PgColumn | SQL
  type: 'text' | 'number' | 'boolean' | 'moment' | 'uuid'
  /** A column of the same order that has an index, to sort by in its place. */
  order?: PgColumn
}

export type ListColumns = Record<string, ListColumn>

export interface ListPlan {
  where: SQL | undefined
  orderBy: SQL[]
  limit: number
  offset: number
}

interface ListOptions {
  /** Order when none is asked for. */
  defaultSort: Record<string, 1 | -1>
  /** Unique in the list: ends every order, so that pages neither repeat nor lose a row. */
  tieBreaker: PgColumn
  /** Properties that can be asked for by `props` and by nothing else. */
  otherProps?: readonly string[]
  /** What `search` looks into; without it the list cannot be searched. */
  searchColumn?: PgColumn
}

/**
 * Turns a list query into SQL: only listed properties reach the database, everything else is refused, all at once.
 * Combine `where` with the scope's own condition: `scope.in(clusters, plan.where)`.
 */
export function planList(columns: ListColumns, query: ListQuery, options: ListOptions): ListPlan {
  const faults: Fault[] = []
  const known = Object.keys(columns)
    .filter((name) => !name.startsWith('_'))
    .join(', ')
  const find = (list: 'where' | 'sort', name: string): ListColumn | undefined => {
    if (Object.hasOwn(columns, name)) return columns[name]
    faults.push({
      path: [list, name],
      rule: 'knownProperty',
      message: `"${name}" is not a property to ${list === 'where' ? 'filter' : 'sort'} by; there are ${known}`,
      given: name,
    })
    return undefined
  }

  const conditions = Object.entries(query.where).map(([name, value]) => {
    const found = find('where', name)
    if (!found) return undefined
    if (value === null) return isNull(found.column)
    const refusal = refuseValue(found.type, value)
    if (refusal !== null) {
      faults.push({
        path: ['where', name],
        rule: found.type,
        message: `"${name}" is compared with ${refusal}`,
        given: value,
      })
      return undefined
    }
    // As wide as a number can be given: one that no row of a narrow column can have matches none.
    if (found.type === 'number') return sql`${found.column} = ${value}::bigint`
    return found.type === 'moment'
      ? sql`${found.column} = ${new Date(String(value)).toISOString()}::timestamptz`
      : eq(found.column as PgColumn, value)
  })

  if (query.search !== undefined && options.searchColumn) {
    conditions.push(ilike(options.searchColumn, `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%`))
  } else if (query.search !== undefined) {
    const message = 'This list cannot be searched'
    faults.push({ path: ['search'], rule: 'knownParameter', message, given: query.search })
  }

  const sort = Object.keys(query.sort).length > 0 ? query.sort : options.defaultSort
  const orderBy = Object.entries(sort).flatMap(([name, direction]) => {
    const found = find('sort', name)
    if (!found) return []
    const column = found.order ?? found.column
    if (direction === 1) return [asc(column)]
    // Without it absent values come first; with it an index cannot be read backwards.
    return [isNeverNull(column) ? desc(column) : sql`${desc(column)} nulls last`]
  })

  for (const [index, name] of (query.props ?? []).entries()) {
    if (Object.hasOwn(columns, name) || options.otherProps?.includes(name)) continue
    faults.push({
      path: ['props', index],
      rule: 'knownProperty',
      message: `"${name}" is not a property of this resource`,
      given: name,
    })
  }
  const offset = (query.page - 1) * query.limit
  if (!Number.isSafeInteger(offset)) {
    faults.push({ path: ['page'], rule: 'page', message: 'There is no such page', given: query.page })
  }
  if (faults.length > 0) throw invalid(faults)
  return {
    where: conditions.length > 0 ? and(...conditions) : undefined,
    orderBy: [...orderBy, asc(options.tieBreaker)],
    limit: query.limit,
    offset,
  }
}

/** Keeps the properties asked for, and `_id`; without `props` the rows as they are. */
export function pickProps<Row extends object>(rows: Row[], query: ListQuery): Row[] {
  const props = query.props
  if (!props) return rows
  const kept = new Set(['_id', ...props])
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => kept.has(name))) as Row)
}

const isNeverNull = (column: PgColumn | SQL): boolean => 'notNull' in column && column.notNull

/** A time between the years 1 and 9999 in UTC: beyond, JavaScript writes years that PostgreSQL does not read. */
function isMoment(text: string): boolean {
  const year = /^\d{4}-\d\d-\d\d/.test(text) ? new Date(text).getUTCFullYear() : Number.NaN
  return year >= 1 && year <= 9999
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (text: string): boolean => uuidPattern.test(text)

/** What the property is compared with instead, or null when the value fits. */
function refuseValue(type: ListColumn['type'], value: string | number | boolean): string | null {
  switch (type) {
    case 'text':
      return typeof value === 'string' && !value.includes('\0') ? null : 'a text without NUL'
    case 'number':
      return typeof value === 'number' && Number.isSafeInteger(value) ? null : 'a whole number'
    case 'boolean':
      return typeof value === 'boolean' ? null : 'true or false'
    case 'uuid':
      return typeof value === 'string' && isUuid(value) ? null : 'a UUID'
    case 'moment':
      return typeof value === 'string' && isMoment(value) ? null : 'a time in ISO 8601'
  }
}
