import { apiVersionOf } from './kinds.ts'
import { parseFieldSelector, parseLabelSelector, type Matches } from './selectors.ts'
import { badRequest, StatusError } from './status-errors.ts'
import { sendJson, wantsTable, type Call } from './calls.ts'
import type { Change } from './store.ts'
import { toTable } from './tables.ts'
import type { KubeObject, Tree } from './trees.ts'

function matcher({ url, kind }: Call): Matches {
  const byLabel = parseLabelSelector(url.searchParams.get('labelSelector') ?? '')
  const byField = parseFieldSelector(url.searchParams.get('fieldSelector') ?? '', kind.kind)
  return (object) => byLabel(object) && byField(object)
}

function versionAsked(call: Call): number {
  const text = call.url.searchParams.get('resourceVersion') ?? ''
  if (!/^\d*$/.test(text))
    throw badRequest(
      `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
    )
  return Number(text)
}

/** Answers a list, in pages where `limit` asks for it; with `onlyFind`, gives the objects back and answers nothing. */
export function listObjects(call: Call, onlyFind = false): KubeObject[] {
  const { cluster, kind, namespace, url, response } = call
  const { store } = cluster
  const found = store.list(kind, namespace).filter(matcher(call))
  if (onlyFind) return found
  const asked = versionAsked(call)
  if (asked > store.resourceVersion)
    throw new StatusError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${asked}, current: ${store.resourceVersion}`,
      { retryAfterSeconds: 1 },
    )
  let start = 0
  let resourceVersion = store.resourceVersion
  const token = url.searchParams.get('continue')
  if (token) {
    const from = JSON.parse(Buffer.from(token, 'base64url').toString()) as {
      resourceVersion: number
      start: number
    }
    try {
      store.refuseExpired(from.resourceVersion)
    } catch {
      throw new StatusError(
        410,
        'Expired',
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
      )
    }
    ;({ start, resourceVersion } = from)
  }
  const limit = Number(url.searchParams.get('limit') ?? 0) || found.length
  const page = found.slice(start, start + limit)
  const left = found.length - start - page.length
  const metadata: Tree = {
    resourceVersion: String(resourceVersion),
    ...(left > 0 && {
      continue: Buffer.from(JSON.stringify({ resourceVersion, start: start + limit })).toString('base64url'),
      remainingItemCount: left,
    }),
  }
  if (wantsTable(call))
    sendJson(response, 200, toTable(kind, page, metadata, url.searchParams.get('includeObject')))
  else
    sendJson(response, 200, {
      kind: `${kind.kind}List`,
      apiVersion: apiVersionOf(kind),
      metadata,
      items: page.map(asItem),
    })
  return page
}

/** Items of a list carry neither kind nor apiVersion, as those of a real server's built-in kinds. */
function asItem({ kind: _kind, apiVersion: _apiVersion, ...rest }: KubeObject): Tree {
  return rest
}

/** Streams changes from a resource version on, or from the present state where none is given, until the client or its timeout ends it. */
export function watchObjects(call: Call): void {
  const { cluster, kind, namespace, url, response } = call
  const { store } = cluster
  const matches = matcher(call)
  const since = versionAsked(call)
  const isTable = wantsTable(call)
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' })
  response.flushHeaders()
  const send = (type: string, object: unknown): void =>
    void response.write(`${JSON.stringify({ type, object })}\n`)
  const show = (type: string, object: KubeObject): void =>
    send(type, isTable ? toTable(kind, [object], {}, url.searchParams.get('includeObject')) : object)
  const bookmark = (annotations?: Record<string, string>): void => {
    if (isTable) return
    const metadata = {
      resourceVersion: String(store.resourceVersion),
      creationTimestamp: null,
      ...(annotations && { annotations }),
    }
    send('BOOKMARK', { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata })
  }
  const pass = (change: Change): void => {
    const { object, previous } = change
    if (change.kind !== kind || (namespace && object.metadata.namespace !== namespace)) return
    const was = previous !== undefined && matches(previous)
    const is = change.type !== 'DELETED' && matches(object)
    if (is) show(was ? 'MODIFIED' : 'ADDED', object)
    else if (was) show('DELETED', object)
  }
  try {
    const isInitial = url.searchParams.get('sendInitialEvents') === 'true'
    if (since === 0 || isInitial)
      for (const object of store.list(kind, namespace)) if (matches(object)) show('ADDED', object)
    if (isInitial) bookmark({ 'k8s.io/initial-events-end': 'true' })
    if (since !== 0 && !isInitial) store.changesSince(since).forEach(pass)
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    send('ERROR', error.toStatus())
    response.end()
    return
  }
  const leave = store.subscribe(pass)
  const wantsBookmarks = /^(1|true)$/.test(url.searchParams.get('allowWatchBookmarks') ?? '')
  const bookmarks = wantsBookmarks ? setInterval(bookmark, 5000) : undefined
  const seconds = Number(url.searchParams.get('timeoutSeconds') ?? 0) || 1800
  // Nothing may be written once the answer has ended: that would end the process.
  const finish = (): void => {
    leave()
    clearInterval(bookmarks)
    clearTimeout(timeout)
    response.end()
  }
  const timeout = setTimeout(finish, seconds * 1000)
  response.on('close', finish)
}
