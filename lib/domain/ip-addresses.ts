/**
 * IP addresses as Kubernetes accepts them: no leading zeros, no zone, no port. Written out because Node's `isIP`
 * is not in browsers.
 */
export type IpFamily = 4 | 6

const decimalByte = /^(0|[1-9][0-9]{0,2})$/

function parseIPv4(text: string): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  const bytes = parts.map((part) => (decimalByte.test(part) ? Number(part) : 256))
  return bytes.every((byte) => byte <= 255) ? bytes : undefined
}

/** The eight groups of an IPv6 address. */
function parseIPv6(text: string): number[] | undefined {
  if (text.length > 45 || !text.includes(':')) return undefined
  const lastColon = text.lastIndexOf(':')
  const tail = text.slice(lastColon + 1)
  if (tail.includes('.')) {
    const bytes = parseIPv4(tail)
    if (!bytes) return undefined
    const [a = 0, b = 0, c = 0, d = 0] = bytes
    const groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16))
    return parseIPv6(`${text.slice(0, lastColon + 1)}${groups.join(':')}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - left.length - right.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return groups.map((group) => Number.parseInt(group, 16))
}

export function ipFamily(text: string): IpFamily | undefined {
  if (parseIPv4(text)) return 4
  return parseIPv6(text) ? 6 : undefined
}

/** One text for each address: `0:0::1` and `::1` are equal in it. Not fit to be shown; undefined when it is none. */
export function ipIdentity(text: string): string | undefined {
  const ipv4 = parseIPv4(text)
  if (ipv4) return ipv4.join('.')
  return parseIPv6(text)
    ?.map((group) => group.toString(16))
    .join(':')
}
