import { z } from 'zod'
import { utf8Length } from './json-size.ts'
import { hasControlCharacter, quote } from './kubernetes-names.ts'
import { ruledText } from './ruled-text.ts'

export const LibraryResource = z.enum(['documents', 'images', 'videos'])
export type LibraryResource = z.infer<typeof LibraryResource>

const nameLimitBytes = 512

/** What is wrong with the name of a library item, as a sentence; undefined when nothing is. */
export function describeLibraryNameFault(name: string): string | undefined {
  if (name === '') return 'A library item needs a name.'
  const bytes = utf8Length(name)
  if (bytes > nameLimitBytes)
    return `A library name has at most ${nameLimitBytes} bytes, and this one has ${bytes}.`
  if (hasControlCharacter(name)) return `The library name ${quote(name)} must not contain control characters.`
  if (!name.isWellFormed()) return `The library name ${quote(name)} holds half a Unicode character.`
  if (name.startsWith('/')) return `The library name ${quote(name)} must not begin with '/'.`
  const odd = name.split('/').find((part) => part === '' || part === '.' || part === '..')
  if (odd === undefined) return undefined
  return `The library name ${quote(name)} must not have ${odd === '' ? 'an empty part' : `a part '${odd}'`}.`
}

export const LibraryName = ruledText('libraryName', describeLibraryNameFault)

/** Where the bytes of a library item are read: `/docs/<name>` and so on. */
export const contentPrefixOfResource: Record<LibraryResource, string> = {
  documents: '/docs/',
  images: '/pics/',
  videos: '/vids/',
}

export const uploadLimitBytes = 25 * 1024 * 1024

/** A library row as every door shows it. `content` is the address of the bytes. */
export interface LibraryItem {
  _id: string
  name: string
  fileType: string
  contentSize: number
  content: string
  createdBy: string
  createdAt: string
  changedAt: string
}
