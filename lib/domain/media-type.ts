/** The only types shown in a page; recognised by their bytes, never by what somebody says they are. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
export const videoTypes = ['video/mp4', 'video/webm'] as const

/** Bytes from the start that are enough to recognise every type above. */
export const recognisedFromBytes = 64

/** The media type these first bytes are; undefined when it is none of the above. */
export function recogniseMediaType(start: Uint8Array): string | undefined {
  const text = String.fromCharCode(...start.subarray(0, recognisedFromBytes))
  if (text.startsWith('\x89PNG\r\n\x1A\n')) return 'image/png'
  if (text.startsWith('\xFF\xD8\xFF')) return 'image/jpeg'
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'image/gif'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  if (text.slice(4, 8) === 'ftyp') return 'video/mp4'
  // EBML; its DocType says whether it is WebM or another Matroska.
  if (text.startsWith('\x1A\x45\xDF\xA3') && text.includes('webm')) return 'video/webm'
  return undefined
}

/** A declared type as we keep it: `type/subtype` in lower case, or the one that says nothing. */
export function normaliseMediaType(declared: string | undefined): string {
  const type = declared?.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,60}$/.test(type) ? type : 'application/octet-stream'
}
