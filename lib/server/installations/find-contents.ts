import { eq, or, and } from 'drizzle-orm'
import { libraryContents, libraryItems } from '#drizzle/schema.ts'
import type { Fault } from '#lib/domain/errors.ts'
import { LibraryResource } from '#lib/domain/library.ts'
import type { ChangeScope } from '../access/verb.ts'

export interface FoundContent {
  contentId: string
  sha256: string
  sizeBytes: number
}

interface MountedFile {
  index: number
  resource: LibraryResource
  name: string
}

/**
 * The library contents a config mounts, by index of its items, held until this transaction ends. Reads a config that
 * may be wrong in other ways, so that all faults can be told at once.
 */
export async function findContents(
  scope: ChangeScope,
  config: readonly unknown[],
): Promise<{ contents: Map<number, FoundContent>; faults: Fault[] }> {
  const mounted = config.flatMap(readMountedFile)
  const contents = new Map<number, FoundContent>()
  if (mounted.length === 0) return { contents, faults: [] }
  const found = await scope.tx
    .select({
      resource: libraryItems.resource,
      name: libraryItems.name,
      contentId: libraryContents.id,
      sha256: libraryContents.sha256,
      sizeBytes: libraryContents.sizeBytes,
    })
    .from(libraryItems)
    .innerJoin(libraryContents, eq(libraryContents.id, libraryItems.contentId))
    .where(
      scope.in(
        libraryItems,
        or(
          ...mounted.map(({ resource, name }) =>
            and(eq(libraryItems.resource, resource), eq(libraryItems.name, name)),
          ),
        ),
      ),
    )
    .for('key share', { of: libraryContents })
  const faults: Fault[] = []
  for (const { index, resource, name } of mounted) {
    const content = found.find((row) => row.resource === resource && row.name === name)
    if (!content) {
      faults.push({
        path: ['config', index, 'resourceName'],
        rule: 'libraryItemExists',
        message: `There is no '${name}' among the ${resource} of this namespace.`,
        given: name,
      })
      continue
    }
    contents.set(index, content)
  }
  return { contents, faults }
}

function readMountedFile(item: unknown, index: number): MountedFile[] {
  if (typeof item !== 'object' || item === null) return []
  const { type, resourceType, resourceName } = item as Record<string, unknown>
  const resource = LibraryResource.safeParse(resourceType)
  if (type !== 'file' || !resource.success || typeof resourceName !== 'string') return []
  // PostgreSQL takes no NUL; the check of the config has told about it.
  if (resourceName.includes('\0')) return []
  return [{ index, resource: resource.data, name: resourceName }]
}
