import { createHash, randomUUID } from 'node:crypto'
import { and, eq, like } from 'drizzle-orm'
import { libraryChunks, libraryContents } from '#drizzle/schema.ts'
import { DomainError } from '#lib/domain/errors.ts'
import { uploadLimitBytes } from '#lib/domain/library.ts'
import { recognisedFromBytes } from '#lib/domain/media-type.ts'
import { getDatabase } from '../database/database.ts'
import { chunkBytes } from './read-content.ts'
import { stagedPrefix } from './remove-unreferenced.ts'

export interface StagedContent {
  contentId: string
  sha256: string
  sizeBytes: number
  /** The first bytes, to recognise the type by. */
  start: Uint8Array
}

/**
 * Writes bytes as they arrive, chunk by chunk, under a name nobody can find: a slow upload holds neither a connection
 * nor memory. `storeLibraryItems` makes it a content, `discardStaged` takes it away.
 */
export async function stageContent(
  namespaceId: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<StagedContent> {
  const [content] = await getDatabase()
    .insert(libraryContents)
    .values({ namespaceId, sha256: stagedPrefix + randomUUID(), sizeBytes: 0 })
    .returning({ id: libraryContents.id })
  if (!content) throw new Error('nothing was inserted')
  try {
    return { contentId: content.id, ...(await writeChunks(content.id, bytes)) }
  } catch (error) {
    await discardStaged(content.id)
    throw error
  }
}

/** Does nothing to what has become a content. */
export async function discardStaged(contentId: string): Promise<void> {
  const isStaged = like(libraryContents.sha256, `${stagedPrefix}%`)
  await getDatabase()
    .delete(libraryContents)
    .where(and(eq(libraryContents.id, contentId), isStaged))
}

async function writeChunks(contentId: string, bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  const chunk = Buffer.alloc(chunkBytes)
  let filled = 0
  let position = 0
  let sizeBytes = 0
  let start = new Uint8Array(0)
  const flush = async () => {
    if (filled === 0) return
    const written = Buffer.from(chunk.subarray(0, filled))
    if (position === 0) start = Uint8Array.from(written.subarray(0, recognisedFromBytes))
    await getDatabase().insert(libraryChunks).values({ contentId, position, bytes: written })
    position += 1
    filled = 0
  }
  for await (const part of bytes) {
    hash.update(part)
    sizeBytes += part.length
    if (sizeBytes > uploadLimitBytes) throw tooLarge(`at least ${sizeBytes}`)
    for (let taken = 0; taken < part.length;) {
      const piece = part.subarray(taken, taken + chunkBytes - filled)
      chunk.set(piece, filled)
      filled += piece.length
      taken += piece.length
      if (filled === chunkBytes) await flush()
    }
  }
  await flush()
  return { sha256: hash.digest('hex'), sizeBytes, start }
}

export const tooLarge = (size: number | string): DomainError =>
  new DomainError(
    'io.windlass.too.large',
    `An upload has at most ${uploadLimitBytes} bytes (25 MiB), and this one has ${size}.`,
    { params: [uploadLimitBytes, size] },
  )
