'use client'

import { StatusBadge } from '#components/statuses/status-badge.tsx'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { useNow } from '#components/ui/use-now.ts'
import type { AnyWorkitem } from '#lib/queries/resources.ts'

/** An item's state; one that nobody has fetched for too long says so. */
export function QueueStatus({ item, isPlain = false }: { item: AnyWorkitem; isPlain?: boolean }) {
  const { delayedAfterSeconds } = useNamespace()
  const waitsSince = item.status === 'REQUESTED' ? Date.parse(item.requestedAt) : null
  const isDelayed = useNow(
    (now) => waitsSince !== null && now - waitsSince > delayedAfterSeconds * 1000,
    false,
  )
  return isDelayed ? (
    <StatusBadge of="queue" status="delayed" isPlain={isPlain} />
  ) : (
    <StatusBadge of="workitem" status={item.status} isPlain={isPlain} />
  )
}
