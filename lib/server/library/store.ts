import { eq, notLike, sql, sum } from 'drizzle-orm'
import { libraryContents, libraryItems } from '#drizzle/schema.ts'
import { DomainError, invalid, type Fault } from '#lib/domain/errors.ts'
import { describeLibraryNameFault, type LibraryItem, type LibraryResource } from '#lib/domain/library.ts'
import { imageTypes, normaliseMediaType, recogniseMediaType, videoTypes } from '#lib/domain/media-type.ts'
import { describeActor, type Actor } from '../access/actor.ts'
import { changeInNamespace, readInNamespace, type ChangeScope, type NamespaceScope } from '../access/verb.ts'
import { getSettings } from '../settings/settings.ts'
import { lockLibrary, removeUnreferencedContents, stagedPrefix } from './remove-unreferenced.ts'
import { discardStaged, stageContent, type StagedContent } from './stage.ts'
import { shownColumns, toLibraryItem } from './to-library-item.ts'

export interface UploadedPart {
  name: string
  declaredType: string | undefined
  bytes: AsyncIterable<Uint8Array>
}

interface StagedPart extends Omit<UploadedPart, 'bytes'> {
  staged: StagedContent
}

interface TypedPart extends StagedPart {
  fileType: string
}

/**
 * Stores the parts of one upload, all or none. An item of that name gets the new content; revisions keep the old one.
 * Throws 413 when the upload or the namespace's library would be too large.
 */
export async function storeLibraryItems(
  actor: Actor,
  namespace: string,
  resource: LibraryResource,
  parts: AsyncIterable<UploadedPart>,
): Promise<LibraryItem[]> {
  const namespaceId = await readInNamespace(actor, namespace, 'manage', async (scope) => {
    await checkRoom(scope)
    return scope.namespaceId
  })
  const stagedParts: StagedPart[] = []
  try {
    for await (const { name, declaredType, bytes } of parts) {
      const faults = nameFaults(name, stagedParts)
      if (faults.length > 0) throw invalid(faults)
      stagedParts.push({ name, declaredType, staged: await stageContent(namespaceId, bytes) })
    }
    if (stagedParts.length === 0) {
      const message =
        'The upload holds no file. Send multipart/form-data; the name of a part is the name it gets'
      throw invalid([{ path: [], rule: 'required', message }])
    }
    return await linkParts(actor, namespace, resource, recogniseTypes(resource, stagedParts))
  } finally {
    for (const { staged } of stagedParts) await discardStaged(staged.contentId)
  }
}

function nameFaults(name: string, before: readonly StagedPart[]): Fault[] {
  const fault = describeLibraryNameFault(name)
  if (fault !== undefined) return [{ path: ['name'], rule: 'libraryName', message: fault, given: name }]
  if (before.every((part) => part.name !== name)) return []
  const message = `Two parts of this upload are named '${name}'`
  return [{ path: ['name'], rule: 'unique', message, given: name }]
}

function linkParts(
  actor: Actor,
  namespace: string,
  resource: LibraryResource,
  parts: readonly TypedPart[],
): Promise<LibraryItem[]> {
  return changeInNamespace(actor, namespace, async (scope) => {
    await lockLibrary(scope.tx, scope.namespaceId)
    const items: LibraryItem[] = []
    for (const part of parts) items.push(await linkPart(scope, resource, part))
    await removeUnreferencedContents(scope.tx, scope.namespaceId)
    await checkRoom(scope)
    return {
      result: items,
      audit: items.map(({ name, fileType, contentSize }) => ({
        action: `${resource}.store`,
        subject: name,
        detail: { fileType, contentSize },
      })),
      changes: [{ noun: 'library' }],
    }
  })
}

async function linkPart(
  scope: ChangeScope,
  resource: LibraryResource,
  part: TypedPart,
): Promise<LibraryItem> {
  const { fileType } = part
  const contentId = await keepContent(scope, part.staged)
  const [item] = await scope.tx
    .insert(libraryItems)
    .values({
      namespaceId: scope.namespaceId,
      resource,
      name: part.name,
      fileType,
      contentId,
      createdBy: describeActor(scope.actor),
    })
    .onConflictDoUpdate({
      target: [libraryItems.namespaceId, libraryItems.resource, libraryItems.name],
      set: { fileType, contentId, changedAt: sql`now()` },
    })
    .returning({ id: libraryItems.id })
  const [row] = await scope.tx
    .select(shownColumns)
    .from(libraryItems)
    .innerJoin(libraryContents, eq(libraryContents.id, libraryItems.contentId))
    .where(scope.in(libraryItems, eq(libraryItems.id, item?.id ?? '')))
  if (!row) throw new Error('an item that was just stored is gone')
  return toLibraryItem(resource, row)
}

/** The same bytes are kept once in a namespace: a content that is there already is used again. */
async function keepContent(
  scope: ChangeScope,
  { contentId, sha256, sizeBytes }: StagedContent,
): Promise<string> {
  const [present] = await scope.tx
    .select({ id: libraryContents.id })
    .from(libraryContents)
    .where(scope.in(libraryContents, eq(libraryContents.sha256, sha256)))
  if (present) return present.id
  await scope.tx
    .update(libraryContents)
    .set({ sha256, sizeBytes })
    .where(scope.in(libraryContents, eq(libraryContents.id, contentId)))
  return contentId
}

/** A document is what its sender says; an image or video is what its bytes say, or refused. */
function recogniseTypes(resource: LibraryResource, parts: readonly StagedPart[]): TypedPart[] {
  if (resource === 'documents') {
    return parts.map((part) => ({ ...part, fileType: normaliseMediaType(part.declaredType) }))
  }
  const types: readonly string[] = resource === 'images' ? imageTypes : videoTypes
  const wanted = resource === 'images' ? 'a PNG, JPEG, GIF or WebP image' : 'an MP4 or WebM video'
  const faults: Fault[] = []
  const typed = parts.map((part) => {
    const fileType = recogniseMediaType(part.staged.start)
    if (fileType !== undefined && types.includes(fileType)) return { ...part, fileType }
    const message = `'${part.name}' is not ${wanted}, by its first bytes. Store it as a document instead`
    faults.push({ path: ['name'], rule: 'mediaType', message, given: part.name })
    return { ...part, fileType: '' }
  })
  if (faults.length > 0) throw invalid(faults)
  return typed
}

/** What the namespace's library holds, old contents that revisions keep included, stays within its limit. */
async function checkRoom(scope: NamespaceScope): Promise<void> {
  const limit = getSettings().LIBRARY_BYTES
  const [row] = await scope.tx
    .select({ used: sum(libraryContents.sizeBytes).mapWith(Number) })
    .from(libraryContents)
    .where(scope.in(libraryContents, notLike(libraryContents.sha256, `${stagedPrefix}%`)))
  const used = row?.used ?? 0
  if (used <= limit) return
  throw new DomainError(
    'io.windlass.too.large',
    `The library of a namespace holds at most ${limit} bytes, and with this it would hold ${used}. Delete something first.`,
    { params: [limit, used] },
  )
}
