import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { and, eq } from 'drizzle-orm'
import { clusters, libraryChunks, libraryContents, revisionContents, workitems } from '#drizzle/schema.ts'
import { forbidden, notFound } from '#lib/domain/errors.ts'
import { parseInput } from '../resources/parse-input.ts'
import { z } from 'zod'
import type { WorkerActor } from '../access/actor.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { staleLease } from '../workitems/finish.ts'

const ContentQuery = z.object({
  requestId: z.uuid(),
  leaseToken: z.uuid(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 hexadecimal digits in lower case.'),
})

/** Streams library content chunk by chunk, and only what the revision of an item leased to the caller pins. */
export async function answerContent(
  response: ServerResponse,
  actor: WorkerActor,
  query: URLSearchParams,
): Promise<void> {
  const { requestId, leaseToken, sha256 } = parseInput(ContentQuery, Object.fromEntries(query))
  const scope = openQueueScope(getDatabase(), actor.namespaceId)
  const [item] = await scope.tx
    .select({
      installationId: workitems.installationId,
      revision: workitems.revision,
      clusterName: clusters.name,
    })
    .from(workitems)
    .innerJoin(clusters, eq(clusters.id, workitems.clusterId))
    .where(
      scope.in(
        workitems,
        eq(workitems.requestId, requestId),
        eq(workitems.leaseToken, leaseToken),
        eq(workitems.status, 'PENDING'),
      ),
    )
  if (!item) throw staleLease(requestId)
  if (!actor.clusters.includes(item.clusterName)) {
    throw forbidden(`This token does not name cluster '${item.clusterName}'.`)
  }
  const [content] =
    item.installationId === null || item.revision === null
      ? []
      : await scope.tx
          .select({ id: libraryContents.id, sizeBytes: libraryContents.sizeBytes })
          .from(libraryContents)
          .innerJoin(revisionContents, eq(revisionContents.contentId, libraryContents.id))
          .where(
            scope.in(
              libraryContents,
              and(
                eq(libraryContents.sha256, sha256),
                eq(revisionContents.installationId, item.installationId),
                eq(revisionContents.revision, item.revision),
              ),
            ),
          )
  if (!content) throw notFound('contents', { requestId, sha256 })
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': content.sizeBytes,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  let sentBytes = 0
  for (let position = 0; sentBytes < content.sizeBytes && !response.destroyed; position += 1) {
    const [chunk] = await scope.tx
      .select({ bytes: libraryChunks.bytes })
      .from(libraryChunks)
      .where(and(eq(libraryChunks.contentId, content.id), eq(libraryChunks.position, position)))
    if (!chunk || chunk.bytes.length === 0) {
      throw new Error(`content ${content.id} ends after ${sentBytes} of ${content.sizeBytes} bytes`)
    }
    sentBytes += chunk.bytes.length
    if (!response.write(chunk.bytes) && !response.destroyed) {
      await Promise.race([once(response, 'drain'), once(response, 'close')])
    }
  }
  response.end()
}
