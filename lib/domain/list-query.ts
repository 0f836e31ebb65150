import { z } from 'zod'

/** What a list is asked for; section 3 of the contract. Parsed at each door by `parseListQuery`. */
export const ListQuery = z.strictObject({
  /** Equality, all of them. */
  where: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  /** A part of the name, whatever its case; for lists that can be searched. */
  search: z.string().min(1).max(200).optional(),
  /** The properties to answer; absent: all but the large ones. */
  props: z.array(z.string()).optional(),
  /** 1 ascending, -1 descending, in the order given. */
  sort: z.record(z.string(), z.union([z.literal(1), z.literal(-1)])).default({}),
  limit: z
    .int('A limit is a whole number')
    .min(1, 'A limit is at least 1')
    .max(1000, 'A limit is at most 1000')
    .default(100),
  /** From 1. */
  page: z.int('A page is a whole number').min(1, 'Pages are counted from 1').default(1),
  /** Whether to count all rows that match. */
  count: z.boolean().default(false),
})
export type ListQuery = z.infer<typeof ListQuery>

export interface Page<Row> {
  rows: Row[]
  /** Rows that match, on all pages; only when asked for. */
  total?: number
}
