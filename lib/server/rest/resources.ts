import type { ListQuery, Page } from '#lib/domain/list-query.ts'
import type { LibraryResource } from '#lib/domain/library.ts'
import type { Actor } from '../access/actor.ts'
import { createCluster } from '../clusters/create.ts'
import { deleteCluster } from '../clusters/delete.ts'
import { getCluster } from '../clusters/get.ts'
import { listClusters } from '../clusters/list.ts'
import { updateCluster } from '../clusters/update.ts'
import { getInstallation } from '../installations/get.ts'
import { listInstallations } from '../installations/list.ts'
import { deleteLibraryItem } from '../library/delete.ts'
import { getLibraryItem } from '../library/get.ts'
import { listLibrary } from '../library/list.ts'
import { storeLibraryItems } from '../library/store.ts'
import { createToken } from '../tokens/create.ts'
import { getToken, listTokens } from '../tokens/list.ts'
import { revokeToken } from '../tokens/revoke.ts'
import { getFinishedWorkitem } from '../workitems/get-finished.ts'
import { getWorkitem } from '../workitems/get.ts'
import { listWorkitemHistory } from '../workitems/list-history.ts'
import { listWorkitems } from '../workitems/list.ts'
import { clusterCommands, installationCommands, workitemCommands, type Command } from './commands.ts'
import { readJson } from './read-body.ts'
import { readUpload } from './read-upload.ts'

/** What REST offers of one resource: which verbs there are is the whole of it. `id` is the natural key. */
export interface Resource {
  list: (actor: Actor, namespace: string, query: ListQuery) => Promise<Page<object>>
  get: (actor: Actor, namespace: string, id: string) => Promise<object>
  insert?: (actor: Actor, namespace: string, request: Request) => Promise<object>
  update?: (actor: Actor, namespace: string, id: string, input: unknown) => Promise<object>
  remove?: (actor: Actor, namespace: string, id: string, parameters: URLSearchParams) => Promise<unknown>
  /** What a DELETE may have in its query beside the namespace. */
  removeParameters?: string[]
  commands?: Record<string, Command>
}

const libraryResource = (resource: LibraryResource): Resource => ({
  list: (actor, namespace, query) => listLibrary(actor, namespace, resource, query),
  get: (actor, namespace, name) => getLibraryItem(actor, namespace, resource, name),
  /** One part answers its row, several answer all of theirs. */
  async insert(actor, namespace, request) {
    const items = await storeLibraryItems(actor, namespace, resource, readUpload(request))
    const [only] = items
    return items.length === 1 && only ? only : items
  },
  remove: (actor, namespace, name) => deleteLibraryItem(actor, namespace, resource, name),
})

export const resources: Record<string, Resource> = {
  k8sclusters: {
    list: listClusters,
    get: getCluster,
    insert: async (actor, namespace, request) => createCluster(actor, namespace, await readJson(request)),
    update: updateCluster,
    removeParameters: ['forget', 'confirmedName'],
    /** The name is in the address, so forgetting does not ask for it again; what may still exist is answered. */
    async remove(actor, namespace, name, parameters) {
      const forget = parameters.get('forget') === 'true'
      const confirmedName = parameters.get('confirmedName') ?? name
      const left = await deleteCluster(actor, namespace, name, { forget, confirmedName })
      return forget ? left : undefined
    },
    commands: clusterCommands,
  },
  k8sinstallations: { list: listInstallations, get: getInstallation, commands: installationCommands },
  k8sworkitems: { list: listWorkitems, get: getWorkitem, commands: workitemCommands },
  k8sworkitemhistory: { list: listWorkitemHistory, get: getFinishedWorkitem },
  tokens: {
    list: listTokens,
    get: getToken,
    insert: async (actor, namespace, request) => createToken(actor, namespace, await readJson(request)),
    remove: (actor, namespace, name) => revokeToken(actor, namespace, name),
  },
  documents: libraryResource('documents'),
  images: libraryResource('images'),
  videos: libraryResource('videos'),
}
