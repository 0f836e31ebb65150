/**
 * Image references in the grammar of container registries (github.com/distribution/reference):
 * `[domain[:port]/]path[:tag][@digest]`. Kubernetes takes any text, and the kubelet then fails with InvalidImageName.
 */
const domainPart = /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/
const pathPart = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/
const tagPattern = /^\w[\w.-]{0,127}$/
const hexDigitsOfAlgorithm = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
])
const maximumNameLength = 255

/** What is wrong with a reference, as a clause that names the bad part; undefined when nothing is. */
export function describeImageFault(reference: string): string | undefined {
  if (reference === '') return 'it is empty'
  if (/\s/.test(reference)) return 'it holds white space'
  const at = reference.indexOf('@')
  const digest = at === -1 ? undefined : reference.slice(at + 1)
  const named = at === -1 ? reference : reference.slice(0, at)
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const tag = colon === -1 ? undefined : named.slice(colon + 1)
  const name = colon === -1 ? named : named.slice(0, colon)
  return (
    describeRepositoryFault(name) ??
    (tag === undefined || tagPattern.test(tag) ? undefined : describeTagFault(tag)) ??
    (digest === undefined ? undefined : describeDigestFault(digest))
  )
}

function describeRepositoryFault(name: string): string | undefined {
  if (name.includes('://')) return `it begins with ${JSON.stringify(name.slice(0, name.indexOf('://') + 3))}`
  if (name.length > maximumNameLength) {
    return `the repository name has ${name.length} characters, more than ${maximumNameLength}`
  }
  const parts = name.split('/')
  const [first = ''] = parts
  // As Docker reads it: without a dot, port or upper case, and not localhost, the first part belongs to the path.
  const hasDomain =
    parts.length > 1 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first)
  if (hasDomain && !isDomain(first)) return `'${first}' is no registry host`
  const path = hasDomain ? parts.slice(1) : parts
  const badPart = path.find((part) => !pathPart.test(part))
  if (badPart === '') return 'a part of the repository name is empty'
  if (badPart !== undefined) {
    return badPart.toLowerCase() === badPart
      ? `'${badPart}' is no part of a repository name`
      : `the repository name must be in lower case, and '${badPart}' is not`
  }
  if (!hasDomain && path.length === 1 && /^[a-f0-9]{64}$/.test(name)) {
    return 'a repository name cannot be 64 hexadecimal characters'
  }
  return undefined
}

function isDomain(text: string): boolean {
  const [host = '', port] = text.startsWith('[')
    ? text.split(/(?<=\]):/, 2)
    : [text.split(':', 1)[0] ?? '', text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined]
  if (port !== undefined && !/^[0-9]+$/.test(port)) return false
  if (host.startsWith('[')) return /^\[[a-fA-F0-9:]+\]$/.test(host)
  return host.split('.').every((part) => domainPart.test(part))
}

function describeTagFault(tag: string): string {
  if (tag === '') return "nothing follows the ':' of the tag"
  if (tag.length > 128) return `the tag has ${tag.length} characters, more than 128`
  return `'${tag}' is no tag`
}

function describeDigestFault(digest: string): string | undefined {
  const [algorithm = '', hex = ''] = digest.split(':', 2)
  const digits = hexDigitsOfAlgorithm.get(algorithm)
  if (digits === undefined) return `'${algorithm}' is no digest algorithm (sha256, sha384, sha512)`
  if (hex.length === digits && /^[a-f0-9]+$/.test(hex) && digest.split(':').length === 2) return undefined
  return `the digest must have ${digits} lower case hexadecimal digits after '${algorithm}:'`
}
