import { invalid } from '#lib/domain/errors.ts'
import { contentPrefixOfResource, type LibraryResource } from '#lib/domain/library.ts'
import { openLibraryItem } from '../library/open.ts'
import { answerError } from './answer-error.ts'
import { findCaller } from './find-caller.ts'

/** The bytes of a library item: streamed, in the range asked for, and never to be run or shown as a page. */
export async function answerDownload(request: Request, resource: LibraryResource): Promise<Response> {
  try {
    const url = new URL(request.url)
    const { actor, namespace } = await findCaller(request, url.searchParams.get('namespace'))
    const name = decodeName(url.pathname.slice(contentPrefixOfResource[resource].length))
    const content = await openLibraryItem(actor, namespace, resource, name)
    const etag = `"${content.sha256}"`
    const headers = {
      'content-type': content.fileType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name.split('/').at(-1) ?? name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      // Compressed on the way, a range would no longer be the bytes it says.
      'cache-control': 'private, no-cache, no-transform',
      'accept-ranges': 'bytes',
      etag,
    }
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
    const range = readRange(request, content.sizeBytes, etag)
    if (range === 'unsatisfiable') {
      return new Response(null, {
        status: 416,
        headers: { ...headers, 'content-range': `bytes */${content.sizeBytes}` },
      })
    }
    const { start, end } = range ?? { start: 0, end: content.sizeBytes }
    return new Response(streamOf(content.read(start, end)), {
      status: range ? 206 : 200,
      headers: {
        ...headers,
        'content-length': String(end - start),
        ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${content.sizeBytes}` } : {}),
      },
    })
  } catch (error) {
    return answerError(error)
  }
}

/** Asks for the next chunk only when the last one has been taken. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}

function decodeName(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    const message = 'The address holds a broken percent-encoding'
    throw invalid([{ path: [], rule: 'percentEncoding', message, given: path }])
  }
}

/** One range of bytes (RFC 9110, 14.2), `end` exclusive; anything else asked for is answered with the whole. */
function readRange(
  request: Request,
  size: number,
  etag: string,
): { start: number; end: number } | 'unsatisfiable' | null {
  const ifRange = request.headers.get('if-range')
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? []
  if (first === undefined || last === undefined || first + last === '') return null
  if (ifRange !== null && ifRange !== etag) return null
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  return start >= end ? 'unsatisfiable' : { start, end }
}
