import { z } from 'zod'

export const LibraryResource = z.enum(['documents', 'images', 'videos'])
export type LibraryResource = z.infer<typeof LibraryResource>

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
