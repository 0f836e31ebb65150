import { describeLibraryNameFault, uploadLimitBytes } from '#lib/domain/library.ts'

/** A file somebody chose, until it is stored or taken out. */
export interface Upload {
  id: number
  file: File
  name: string
  state: 'waiting' | 'sending' | 'failed'
  sentBytes: number
  /** What the console said, or why it could not be asked. */
  failure?: string
}

/** What is wrong with a file before it is sent; undefined when nothing is. */
export function describeUploadFault(upload: Upload, all: readonly Upload[]): string | undefined {
  const { size } = upload.file
  if (size > uploadLimitBytes) {
    return `A file has at most ${uploadLimitBytes.toLocaleString('en')} bytes (25 MiB), and this one has ${size.toLocaleString('en')}.`
  }
  const twin = all.find((other) => other.id !== upload.id && other.name === upload.name)
  if (twin) return `Another file in this list is named '${upload.name}'.`
  return describeLibraryNameFault(upload.name)
}
