import { z } from 'zod'
import { ipFamily } from '../ip-addresses.ts'
import { hasControlCharacter, quote } from '../kubernetes-names.ts'
import { utf8Length } from '../json-size.ts'
import { ruledText } from '../ruled-text.ts'

export function wholeNumber(rule: string, minimum: number, maximum: number) {
  return z.number().superRefine((value, context) => {
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return
    const message = `${value} must be a whole number between ${minimum} and ${maximum}, inclusive.`
    context.addIssue({ code: 'custom', message, params: { rule } })
  })
}

export const PortNumber = wholeNumber('portNumber', 1, 65_535)

export const IpAddress = ruledText('ipAddress', (value) =>
  ipFamily(value)
    ? undefined
    : `${quote(value)} must be a valid IP address, such as 10.9.8.7 or 2001:db8::ffff, without leading zeros.`,
)

const systemFolders = ['/proc', '/sys', '/dev']

/** Where a folder is mounted: absolute, normal, and nothing a container cannot run without. */
export const MountPath = ruledText('mountPath', (path) => {
  if (path === '') return 'The path must not be empty.'
  if (path.length > 4096) return `The path has ${path.length} characters, more than 4096.`
  if (!path.startsWith('/')) return `The path ${quote(path)} must be absolute: it must begin with '/'.`
  if (path === '/') return "The path must not be '/': it would hide all that the image holds."
  if (path.includes(':')) return `The path ${quote(path)} must not contain ':'.`
  if (hasControlCharacter(path)) return `The path ${quote(path)} must not contain control characters.`
  const parts = path.split('/').slice(1)
  const odd = parts.find((part) => part === '' || part === '.' || part === '..')
  if (odd !== undefined) {
    const shown = odd === '' ? (path.endsWith('/') ? "a '/' at its end" : "'//'") : `a part '${odd}'`
    return `The path ${quote(path)} must be normal: it has ${shown}.`
  }
  const system = systemFolders.find((folder) => path === folder || path.startsWith(`${folder}/`))
  if (system && (path === system || system !== '/dev')) {
    return `The path ${quote(path)} must not be in ${system}, which belongs to the system.`
  }
  return undefined
})

/** One step below a mounted folder; Kubernetes projects it under any name a file system takes. */
export function describeFilenameFault(name: string): string | undefined {
  if (name === '') return 'The file name must not be empty.'
  if (name.includes('/'))
    return `The file name ${quote(name)} must not contain '/': folders belong in the path.`
  if (name === '.' || name.startsWith('..'))
    return `The file name ${quote(name)} must not be '.' or start with '..'.`
  if (hasControlCharacter(name)) return `The file name ${quote(name)} must not contain control characters.`
  const bytes = utf8Length(name)
  return bytes > 255 ? `The file name has ${bytes} bytes, more than 255.` : undefined
}

export const Filename = ruledText('filename', describeFilenameFault)

/** The most that a ConfigMap or a Secret can hold. */
export const contentLimitBytes = 1_048_576
