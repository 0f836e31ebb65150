import { sql } from 'drizzle-orm'
import { noteWorkersPresent } from '../clusters/note-worker.ts'
import { getDatabase } from '../database/database.ts'
import { subscribe } from '../events/listen.ts'
import { reasonOf } from '../settings/describe-error.ts'
import { getLog } from '../settings/log.ts'

const pollMilliseconds = 5_000

/** A held claim. `next` answers when there may be something for it, or its time is over. */
export interface WaitingClaim {
  next(): Promise<void>
  leave(): void
  /** Its time is over, or the console goes: it is answered now, whatever there is. */
  isOver(): boolean
  /** The same claim came again, so this one's client has given it up. */
  isReplaced(): boolean
}

interface Waiter {
  clusterId: string
  namespaceId: string
  claimId: string
  wake: () => void
  replace: () => void
}

export interface WaitingClaims {
  enter(cluster: { id: string; namespaceId: string }, claimId: string, waitMilliseconds: number): WaitingClaim
  close(): void
}

/**
 * Wakes held claims when their cluster may have something to claim: at once by what is announced, and every few
 * seconds by one query for all of them, because an announcement can be lost. A changed token wakes its namespace, so
 * that a revoked one ends its wait.
 */
export function openWaitingClaims(): WaitingClaims {
  const waiters = new Set<Waiter>()
  let isClosing = false
  const wakeWhere = (matches: (waiter: Waiter) => boolean) => {
    for (const waiter of waiters) if (matches(waiter)) waiter.wake()
  }
  const poll = async () => {
    const clusterIds = [...new Set([...waiters].map(({ clusterId }) => clusterId))]
    if (clusterIds.length === 0) return
    try {
      await noteWorkersPresent(clusterIds)
      const claimable = await getDatabase().execute<{ cluster_id: string }>(claimableClusters(clusterIds))
      const found = new Set(claimable.rows.map((row) => row.cluster_id))
      wakeWhere(({ clusterId }) => found.has(clusterId))
    } catch (error) {
      getLog().warn({ error: reasonOf(error) }, 'the queue could not be looked at')
    }
  }
  const unsubscribe = subscribe(
    (changes) => {
      const woken = new Set(changes.map((change) => change.wakeClusterId))
      const retokened = new Set(
        changes.filter(({ noun }) => noun === 'token').map(({ namespaceId }) => namespaceId),
      )
      wakeWhere(({ clusterId, namespaceId }) => woken.has(clusterId) || retokened.has(namespaceId))
    },
    () => void poll(),
  )
  const timer = setInterval(() => void poll(), pollMilliseconds)
  timer.unref()

  return {
    enter(cluster, claimId, waitMilliseconds) {
      let isWoken = false
      let isOver = waitMilliseconds === 0
      let isReplaced = false
      let resume: (() => void) | undefined
      const wake = () => {
        isWoken = true
        resume?.()
      }
      for (const other of waiters) if (other.claimId === claimId) other.replace()
      const waiter: Waiter = {
        clusterId: cluster.id,
        namespaceId: cluster.namespaceId,
        claimId,
        wake,
        replace() {
          isReplaced = true
          wake()
        },
      }
      waiters.add(waiter)
      // The timer itself says that the time is over: it may fire a little before a clock says so.
      const timeout = setTimeout(() => {
        isOver = true
        wake()
      }, waitMilliseconds)
      return {
        async next() {
          // A wake between two looks at the queue is remembered: the look it came during may have missed its item.
          if (!isWoken) {
            await new Promise<void>((resolve) => {
              resume = resolve
            })
          }
          isWoken = false
          resume = undefined
        },
        leave() {
          waiters.delete(waiter)
          clearTimeout(timeout)
          wake()
        },
        isOver: () => isOver || isClosing,
        isReplaced: () => isReplaced,
      }
    },
    close() {
      isClosing = true
      clearInterval(timer)
      unsubscribe()
      wakeWhere(() => true)
    },
  }
}

const claimableClusters = (clusterIds: readonly string[]) => sql`
  select waiting.cluster_id
  from jsonb_array_elements_text(${JSON.stringify(clusterIds)}::jsonb) as element(id)
  cross join lateral (select element.id::uuid as cluster_id) as waiting
  where exists (
    select 1
    from k8s_workitems
    where k8s_workitems.cluster_id = waiting.cluster_id and status = 'REQUESTED' and is_next
  )`
