/** The bytes of UTF-8 text. */
export const utf8Length = (text: string) => new TextEncoder().encode(text).length

/** The bytes a value has as JSON. It walks without recursion: nothing is known yet of what was given. */
export function jsonLength(value: unknown): number {
  let bytes = 0
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string') {
      bytes += jsonTextLength(next)
    } else if (typeof next !== 'object' || next === null) {
      bytes += JSON.stringify(next)?.length ?? 4
    } else if (Array.isArray(next)) {
      bytes += 2 + Math.max(0, next.length - 1)
      for (const inner of next) waiting.push(inner)
    } else {
      bytes += pushProperties(next as Record<string, unknown>, waiting)
    }
  }
  return bytes
}

/** The bytes of braces, commas, keys and colons; the values wait. */
function pushProperties(given: Record<string, unknown>, waiting: unknown[]): number {
  let bytes = 2
  let isFirst = true
  for (const key of Object.keys(given)) {
    const inner = given[key]
    if (inner === undefined) continue
    bytes += jsonTextLength(key) + (isFirst ? 1 : 2)
    isFirst = false
    waiting.push(inner)
  }
  return bytes
}

/** Counted by hand: making the text, only to measure it, takes ten times as long. */
function jsonTextLength(text: string): number {
  let bytes = 2
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit === 0x22 || unit === 0x5c) bytes += 2
    else if (unit < 0x20) bytes += '\b\t\n\f\r'.includes(text.charAt(index)) ? 2 : 6
    else if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 3
    else if (text.codePointAt(index) === unit) bytes += 6
    else {
      bytes += 4
      index += 1
    }
  }
  return bytes
}
