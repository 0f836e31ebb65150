import { createHash } from 'node:crypto'
import { parseItem } from '#lib/domain/deploy-config/check-config.ts'
import { type ConfigItem, isItemType } from '#lib/domain/deploy-config/config.ts'
import { formatFaultPath } from '#lib/domain/errors.ts'
import { ConsoleError } from '#lib/protocol/client-error.ts'
import { backoffMilliseconds, wait } from '../waits.ts'
import type { ItemContext } from './context.ts'
import { ItemFailure } from './failure.ts'

const invalid = (message: string) => new ItemFailure({ cause: 'invalid', message }, 'INVALID')

/** The config as this worker understands it; what it does not is INVALID and says so. Secret values are never repeated. */
export function readConfig({ item }: ItemContext): ConfigItem[] {
  return item.config.map((given, index) => {
    if (!isItemType(given.type)) {
      throw invalid(
        `This worker does not know the configuration type "${given.type}" (config[${index}]): upgrade the worker to the version of the console.`,
      )
    }
    const parsed = parseItem(given)
    if (parsed.ok) return parsed.item
    const [fault] = parsed.faults
    const path = formatFaultPath(['config', index, ...(fault?.path ?? [])])
    throw invalid(
      `This worker does not accept ${path} of type "${given.type}": ${fault?.message ?? 'It is wrong.'} Upgrade the worker to the version of the console, or deploy again.`,
    )
  })
}

/** The bytes of every library resource the config mounts, checked against what was pinned when it was accepted. */
export async function fetchContents(
  context: ItemContext,
  config: readonly ConfigItem[],
): Promise<Map<string, Uint8Array>> {
  const pinned = new Map<string, string>()
  for (const entry of config) {
    if (entry.type === 'file' && entry.contentSha256 !== undefined) {
      pinned.set(entry.contentSha256, entry.resourceName ?? entry.path)
    }
  }
  const fetched = await Promise.all(
    [...pinned].map(async ([sha256, name]) => {
      const bytes = await fetchPatiently(context, sha256)
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
        throw invalid(`The content of "${name}" is not what was pinned when the deploy was accepted.`)
      }
      return [sha256, bytes] as const
    }),
  )
  return new Map(fetched)
}

const patienceMilliseconds = 60_000

/** A console that is away for a while, with its lease still good, is no reason to fail. */
async function fetchPatiently(context: ItemContext, sha256: string): Promise<Uint8Array> {
  const giveUpAt = performance.now() + patienceMilliseconds
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await context.fetchContent(sha256)
    } catch (error) {
      const again = error instanceof ConsoleError && error.isTransient && performance.now() < giveUpAt
      if (!again) throw error
      const pause = backoffMilliseconds(attempt, {
        firstMilliseconds: 200,
        maximumMilliseconds: 5000,
        retryAfterSeconds: error.retryAfterSeconds,
      })
      await wait(pause, context.lease.signal)
      context.lease.assertHeld()
    }
  }
}

export function wantedReplicas({ item }: ItemContext): number {
  const image = item.config.find(({ type }) => type === 'image')
  return typeof image?.replicaCount === 'number' ? image.replicaCount : 1
}
