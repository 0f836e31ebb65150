import type { LibraryResource } from '#lib/domain/library.ts'

interface LibraryWords {
  title: string
  singular: string
  description: string
  /** What a file chooser offers first; the console decides by the bytes. */
  accept: string | undefined
}

export const libraryWords: Record<LibraryResource, LibraryWords> = {
  documents: {
    title: 'Documents',
    singular: 'document',
    description: 'Files of any kind. A deploy can mount them into its pods.',
    accept: undefined,
  },
  images: {
    title: 'Images',
    singular: 'image',
    description: 'PNG, JPEG, GIF and WebP. A deploy can mount them into its pods.',
    accept: 'image/png,image/jpeg,image/gif,image/webp',
  },
  videos: {
    title: 'Videos',
    singular: 'video',
    description: 'MP4 and WebM. A deploy can mount them into its pods.',
    accept: 'video/mp4,video/webm',
  },
}

const units = ['bytes', 'KiB', 'MiB', 'GiB'] as const

/** `1536` → `1.5 KiB`. */
export function formatBytes(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1
  return `${size.toLocaleString('en', { maximumFractionDigits: digits })} ${units[unit]}`
}
