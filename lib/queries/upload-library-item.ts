import type { ApiError } from '#lib/domain/errors.ts'
import type { LibraryItem, LibraryResource } from '#lib/domain/library.ts'
import { RequestFailure } from './request-failure.ts'

interface UploadOptions {
  namespace: string
  resource: LibraryResource
  /** The name it gets; may hold `/`. */
  name: string
  file: File
  onProgress: (sentBytes: number) => void
  signal: AbortSignal
}

/**
 * Sends one file. By XMLHttpRequest, because fetch does not tell how much of a body has been sent. Throws a
 * RequestFailure when the console refuses it, an AbortError when it was cancelled, a TypeError when nobody answers.
 */
export function uploadLibraryItem(options: UploadOptions): Promise<LibraryItem> {
  const { namespace, resource, name, file, onProgress, signal } = options
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    signal.addEventListener('abort', abort)
    request.upload.addEventListener('progress', (event) => onProgress(Math.min(event.loaded, file.size)))
    request.addEventListener('load', () => {
      if (request.status === 200) resolve(parse(request.responseText) as LibraryItem)
      else reject(new RequestFailure(request.status, (parse(request.responseText) ?? []) as ApiError[]))
    })
    request.addEventListener('error', () => reject(new TypeError('The console did not answer.')))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled.', 'AbortError')))
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort))
    const query = new URLSearchParams({ namespace })
    request.open('POST', `/api/v1/resources/${resource}?${query}`)
    const body = new FormData()
    body.append(name, file)
    request.send(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
