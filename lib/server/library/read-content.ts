import { and, eq } from 'drizzle-orm'
import { libraryChunks } from '#drizzle/schema.ts'
import { getDatabase } from '../database/database.ts'

export const chunkBytes = 256 * 1024

/**
 * The bytes of a content from `start` to before `end`, a chunk at a time and each with a query of its own: a slow
 * reader holds no connection. Throws when the content disappears half-way.
 */
export async function* readContent(
  contentId: string,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  for (let position = Math.floor(start / chunkBytes); position * chunkBytes < end; position += 1) {
    const [chunk] = await getDatabase()
      .select({ bytes: libraryChunks.bytes })
      .from(libraryChunks)
      .where(and(eq(libraryChunks.contentId, contentId), eq(libraryChunks.position, position)))
    if (!chunk) throw new Error('the content was removed while it was read')
    const from = position * chunkBytes
    yield chunk.bytes.subarray(Math.max(0, start - from), Math.min(chunk.bytes.length, end - from))
  }
}
