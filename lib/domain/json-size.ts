/** The bytes of UTF-8 text. */
export const utf8Length = (text: string) => new TextEncoder().encode(text).length

/** The bytes a value has as JSON. It walks without recursion: nothing is known yet of what was given. */
export function jsonLength(value: unknown): number {
  let bytes = 0
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) {
      bytes += utf8Length(JSON.stringify(next) ?? 'null')
      continue
    }
    const isList = Array.isArray(next)
    const entries = Object.entries(next).filter(([, inner]) => isList || inner !== undefined)
    bytes += 2 + Math.max(0, entries.length - 1)
    for (const [key, inner] of entries) {
      if (!isList) bytes += utf8Length(JSON.stringify(key)) + 1
      waiting.push(inner)
    }
  }
  return bytes
}
