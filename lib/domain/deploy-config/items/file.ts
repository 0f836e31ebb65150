import { z } from 'zod'
import { nameRules, quote } from '../../kubernetes-names.ts'
import { LibraryName, LibraryResource } from '../../library.ts'
import { utf8Length } from '../../json-size.ts'
import { nameField, StorableText } from '../../ruled-text.ts'
import { contentLimitBytes, describeFilenameFault, Filename, MountPath } from '../fields.ts'
import {
  exclusiveFaults,
  isGiven,
  requiredFault,
  textOf,
  type Given,
  type ItemFault,
  type ItemTypeRules,
  type PlacedItem,
} from '../item-type.ts'
import { SecretReference } from '../secret-reference.ts'

export const FileItem = z.strictObject({
  type: z.literal('file'),
  path: MountPath,
  filename: Filename.optional(),
  dataSource: z.enum(['configMap', 'secret']).optional(),
  content: z.union([StorableText, SecretReference]).optional(),
  name: nameField(nameRules.dns1123Subdomain).optional(),
  key: nameField(nameRules.configMapKey).optional(),
  resourceType: LibraryResource.optional(),
  resourceName: LibraryName.optional(),
  /** Set when a deploy is accepted, never by the caller: the library content pinned by SHA-256 (hexadecimal). */
  contentSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export type FileItem = z.infer<typeof FileItem>

/** Where a file takes its content from; each is given whole, and only one of them. */
const sources = [['content'], ['name', 'key'], ['resourceType', 'resourceName']] as const

/** The given filename, or the last part of the library item's name. */
export function effectiveFilename(item: Pick<FileItem, 'filename' | 'resourceName'>): string {
  return item.filename ?? item.resourceName?.slice(item.resourceName.lastIndexOf('/') + 1) ?? ''
}

const filenameOf = (given: Given) =>
  effectiveFilename({ filename: textOf(given, 'filename'), resourceName: textOf(given, 'resourceName') })

export const fileRules: ItemTypeRules<typeof FileItem> = {
  schema: FileItem,
  check: (given) => [...checkSource(given), ...checkFilename(given)],

  checkDeployed: (given) =>
    isGiven(given, 'contentSha256')
      ? [
          {
            property: 'contentSha256',
            rule: 'knownProperty',
            message: "'contentSha256' is set by the console when a deploy is accepted; leave it out.",
          },
        ]
      : [],

  claims(given) {
    const path = textOf(given, 'path')
    const filename = filenameOf(given)
    if (path === undefined || filename === '') return []
    const message = `There is another file ${quote(filename)} at ${quote(path)}.`
    const property = isGiven(given, 'filename') ? 'filename' : 'resourceName'
    return [{ key: `file ${path}/${filename}`, property, rule: 'duplicateFile', message }]
  },

  checkSizes,
  checkTogether: checkFolders,
  secretProperties: (given) => (isSecret(given) ? ['content'] : []),
}

// Anything but a clear "no" counts: content meant as secret must not be shown because of a misspelt data source.
const isSecret = (given: Given) =>
  (isGiven(given, 'dataSource') && given['dataSource'] !== 'configMap') ||
  typeof given['content'] === 'object'

function checkSource(given: Given): ItemFault[] {
  const present = sources.filter((source) => source.some((property) => isGiven(given, property)))
  const [chosen, ...others] = present
  if (!chosen) {
    const message =
      "A file needs a source: 'content', or 'name' and 'key' of an existing ConfigMap or Secret, or 'resourceType' and 'resourceName' of the library."
    return [{ property: 'content', rule: 'fileSource', message }]
  }
  const because = 'a file has one source'
  const faults = exclusiveFaults(
    given,
    others.flat(),
    chosen.find((part) => isGiven(given, part)) ?? '',
    because,
  )
  for (const source of present) {
    const beside = source.find((property) => isGiven(given, property)) ?? ''
    for (const property of source) {
      if (!isGiven(given, property)) faults.push(requiredFault(property, `beside '${beside}'`))
    }
  }
  if (given['content'] !== null && typeof given['content'] === 'object' && given['dataSource'] !== 'secret') {
    const message = "A reference to secret content needs 'dataSource' to be 'secret': give the content again."
    faults.push({ property: 'content', rule: 'secretReference', message })
  }
  return faults
}

function checkFilename(given: Given): ItemFault[] {
  if (isGiven(given, 'filename')) return []
  if (!isGiven(given, 'resourceName')) return [requiredFault('filename', 'unless a library item gives it')]
  const fault = describeFilenameFault(filenameOf(given))
  const message = `${fault} It is the last part of the library item's name; give another in 'filename'.`
  return fault === undefined ? [] : [{ property: 'filename', rule: 'filename', message }]
}

/** The file of each path with which it holds more than Kubernetes lets one object hold. */
function checkSizes(
  items: readonly PlacedItem[],
  storedBytes: (index: number) => number,
): (ItemFault & { index: number })[] {
  const bytesOfPath = new Map<string, number>()
  return items.flatMap(({ index, given }) => {
    const path = textOf(given, 'path') ?? ''
    const before = bytesOfPath.get(path) ?? 0
    const bytes = before + utf8Length(textOf(given, 'content') ?? '') + storedBytes(index)
    bytesOfPath.set(path, bytes)
    if (before > contentLimitBytes || bytes <= contentLimitBytes) return []
    const message = `The files at ${quote(path)} have ${bytes} bytes up to this one, more than ${contentLimitBytes} in all.`
    const property = isGiven(given, 'resourceName') ? 'resourceName' : 'content'
    return [{ index, property, rule: 'contentSize', message }]
  })
}

/** A path may lie inside another one, but not where the other one has a file. */
function checkFolders(items: readonly PlacedItem[]): (ItemFault & { index: number })[] {
  const paths = items.flatMap(({ given }) => textOf(given, 'path') ?? []).sort()
  return items.flatMap(({ index, given }) => {
    const filename = filenameOf(given)
    const path = textOf(given, 'path')
    if (path === undefined || filename === '') return []
    const file = `${path}/${filename}`
    const inTheWay = firstAtOrBelow(paths, file)
    if (inTheWay === undefined) return []
    const message = `The file ${quote(file)} stands where other files need the folder ${quote(inTheWay)}.`
    const property = isGiven(given, 'filename') ? 'filename' : 'resourceName'
    return [{ index, property, rule: 'fileIsFolder', message }]
  })
}

function firstAtOrBelow(sortedPaths: readonly string[], folder: string): string | undefined {
  const atOrAfter = (text: string) => sortedPaths[lowerBound(sortedPaths, text)]
  if (atOrAfter(folder) === folder) return folder
  const below = atOrAfter(`${folder}/`)
  return below?.startsWith(`${folder}/`) ? below : undefined
}

/** How many texts sort before `text`. */
function lowerBound(sorted: readonly string[], text: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}
