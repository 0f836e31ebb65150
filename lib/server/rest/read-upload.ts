import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import busboy from 'busboy'
import { invalid, type DomainError } from '#lib/domain/errors.ts'
import { uploadLimitBytes } from '#lib/domain/library.ts'
import { tooLarge } from '../library/stage.ts'
import type { UploadedPart } from '../library/store.ts'
import { drain } from './read-body.ts'

/** What the multipart form around the bytes may take. */
const formBytes = 64 * 1024

/**
 * The files of a multipart body as they arrive, each to be read before the next. Throws 413 when the whole is more
 * than an upload may be, and 400 when it is no multipart or ends too early.
 */
export async function* readUpload(request: Request): AsyncGenerator<UploadedPart> {
  const limit = uploadLimitBytes + formBytes
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > limit) {
    await drain(request.body, declared)
    throw tooLarge(declared)
  }
  const form = openForm(request)
  const parts = new PassThrough({ objectMode: true })
  let failure: DomainError | undefined
  const fail = (error: DomainError) => {
    failure ??= error
    form.destroy()
    parts.destroy(failure)
  }
  parts.on('error', () => undefined)
  form.on('error', () => fail(broken()))
  form.on('close', () => parts.end())
  form.on('field', (name) => fail(noFile(name)))
  form.on('file', (name, stream, { mimeType }) => {
    // A stream that is cut off while nobody reads it would otherwise end the process.
    stream.on('error', () => undefined)
    parts.write({ name: name ?? '', declaredType: mimeType, bytes: translate(stream, () => failure) })
  })
  const fed = feed(request.body, form, limit, fail)
  try {
    for await (const part of parts) yield part as UploadedPart
    if (failure) throw failure
  } finally {
    failure ??= broken()
    form.destroy()
    await fed
  }
}

function openForm(request: Request): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': request.headers.get('content-type') ?? undefined },
      defParamCharset: 'utf8',
      limits: { fieldSize: 1024 },
    })
  } catch {
    throw invalid([{ path: [], rule: 'multipart', message: 'The body is not multipart/form-data' }])
  }
}

/** Hands the body on at the form's pace; after a failure it reads the rest without keeping it. */
async function feed(
  body: ReadableStream<Uint8Array> | null,
  form: busboy.Busboy,
  limit: number,
  fail: (error: DomainError) => void,
): Promise<void> {
  let size = 0
  try {
    for await (const part of body ?? []) {
      size += part.length
      if (size > 2 * limit) return
      if (size > limit) fail(tooLarge(`at least ${size}`))
      if (form.destroyed || form.write(part)) continue
      await untilDrained(form)
    }
    if (!form.destroyed) form.end()
  } catch {
    fail(broken())
  }
}

/** Waits until the form takes more, or is done for. */
async function untilDrained(form: busboy.Busboy): Promise<void> {
  const settled = new AbortController()
  const { signal } = settled
  try {
    await Promise.race([once(form, 'drain', { signal }), once(form, 'close', { signal })])
  } finally {
    settled.abort()
  }
}

/** The bytes of one part; when they end too early, the reason is ours and not the parser's. */
async function* translate(
  stream: AsyncIterable<Uint8Array>,
  reason: () => DomainError | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch {
    throw reason() ?? broken()
  }
}

const broken = (): DomainError =>
  invalid([
    { path: [], rule: 'multipart', message: 'The upload ended too early, or is not multipart/form-data' },
  ])

const noFile = (name: string): DomainError => {
  const message = `Part '${name}' is no file: it has no file name`
  return invalid([{ path: [name], rule: 'file', message }])
}
