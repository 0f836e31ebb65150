import { and, eq, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '../database/database.ts'
import type { ChangeScope } from './verb.ts'

/** The part of a verb's scope that the queue needs. A worker's requests and the reaper have no more than this. */
export interface QueueScope<Tx extends Transaction | Database = Transaction> extends Pick<
  ChangeScope,
  'namespaceId' | 'in'
> {
  readonly tx: Tx
}

/** Confines what is done for a worker, or by the clock, to the namespace its lease or row is of. */
export function openQueueScope<Tx extends Transaction | Database>(
  tx: Tx,
  namespaceId: string,
): QueueScope<Tx> {
  return {
    tx,
    namespaceId,
    in: (table, ...conditions) => and(eq(table.namespaceId, namespaceId), ...conditions) as SQL,
  }
}
