import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse } from 'yaml'
import { sendJson, wantsTable, type Call, type Cluster } from './calls.ts'
import { discover } from './discovery.ts'
import type { Fault } from './faults.ts'
import { findKind } from './kinds.ts'
import { followLog } from './follow-log.ts'
import { jsonPatch, mergePatch, strategicPatch } from './patches.ts'
import { listObjects, watchObjects } from './read-objects.ts'
import { parseBody, parsePatch, readBody } from './read-bodies.ts'
import { notFound, StatusError } from './status-errors.ts'
import { toTable } from './tables.ts'
import { treeAt, type KubeObject } from './trees.ts'
import type { DeleteOptions, WriteOptions } from './write-objects.ts'

/** Answers one request; never throws. */
export async function serveRequest(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'https://sandbox')
    if (request.headers.authorization !== `Bearer ${cluster.token}`)
      throw new StatusError(401, 'Unauthorized', 'Unauthorized')
    if (url.pathname.startsWith('/sandbox/')) return await serveControl(cluster, request, response, url)
    const fault = cluster.board.take(request.method ?? '', url.pathname + url.search)
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    if (fault?.breakConnection === 'before') return void request.socket.destroy()
    if (fault?.status) return sendFault(response, fault)
    if (fault?.breakConnection === 'after') {
      response.writeHead = () => response
      response.write = () => true
      response.end = () => {
        request.socket.destroy()
        return response
      }
    }
    await serveApi(cluster, request, response, url)
  } catch (error) {
    sendError(response, error)
  }
}

function sendFault(response: ServerResponse, { status = 500, headers = {}, body }: Fault): void {
  const answer =
    body ??
    new StatusError(
      status,
      status === 429 ? 'TooManyRequests' : '',
      'a fault ordered from the sandbox',
    ).toStatus()
  sendJson(response, status, answer, headers)
}

function sendError(response: ServerResponse, error: unknown): void {
  const failure =
    error instanceof StatusError
      ? error
      : new StatusError(500, 'InternalError', `Internal error occurred: ${String(error)}`)
  if (response.headersSent) response.destroy()
  else sendJson(response, failure.code, failure.toStatus(), failure.headers)
}

async function serveControl(
  { board, store }: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const route = `${request.method} ${url.pathname}`
  if (route === 'POST /sandbox/faults') {
    const ordered: unknown = parse((await readBody(request)).toString('utf8'))
    board.order((Array.isArray(ordered) ? ordered : [ordered]) as Fault[])
  } else if (route === 'DELETE /sandbox/faults') board.clear()
  else if (route === 'POST /sandbox/compact') store.forgetUntil(store.resourceVersion)
  else if (route === 'GET /sandbox/writes')
    return sendJson(response, 200, board.writes.slice(Number(url.searchParams.get('since') ?? 0)))
  else if (route !== 'GET /sandbox/faults') throw unknownPath()
  sendJson(response, 200, board.list())
}

function unknownPath(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {})
}

const route =
  /^\/(?:api\/(?<core>v1)|apis\/(?<group>[^/]+)\/(?<version>[^/]+))\/(?:namespaces\/(?<namespace>[^/]+)\/(?!(?:status|finalize)$))?(?<plural>[^/]+)(?:\/(?<name>[^/]+)(?:\/(?<subresource>[^/]+))?)?$/

async function serveApi(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const method = request.method ?? 'GET'
  if (/^\/(healthz|livez|readyz)$/.test(url.pathname)) return void response.end('ok')
  const document = method === 'GET' && discover(url.pathname)
  if (document) return sendJson(response, 200, document)
  const found = route.exec(url.pathname)?.groups
  const kind = found && findKind(found.group ?? '', found.core ?? found.version ?? '', found.plural ?? '')
  if (!found || !kind || (found.namespace && !kind.namespaced)) throw unknownPath()
  const name = found.name && decodeURIComponent(found.name)
  const subresource = found.subresource ?? ''
  if (subresource && !kind.subresources.includes(subresource)) throw unknownPath()
  const call: Call = {
    cluster,
    request,
    response,
    url,
    method,
    kind,
    namespace: found.namespace,
    name,
    subresource,
  }
  if (method === 'GET') return read(call)
  const body = await readBody(request)
  if (kind.kind === 'SelfSubjectAccessReview') {
    const review = parseBody(body)
    return sendJson(response, 201, {
      ...review,
      status: { allowed: true, reason: 'the sandbox allows everything' },
    })
  }
  write(call, body)
}

function read(call: Call): void {
  const { cluster, kind, namespace, name, subresource, response, url } = call
  if (name === undefined) {
    const isWatch = /^(1|true)$/.test(url.searchParams.get('watch') ?? '')
    return isWatch ? watchObjects(call) : void listObjects(call)
  }
  const object = cluster.store.get(kind, namespace, name)
  if (!object) throw notFound(kind, name)
  if (subresource === 'log') return followLog(call, object)
  if (subresource === 'scale') return sendJson(response, 200, toScale(object))
  sendObject(call, 200, object)
}

function sendObject(
  call: Call,
  code: number,
  object: KubeObject,
  headers: Record<string, string> = {},
): void {
  const isTable = wantsTable(call) && code === 200 && call.method === 'GET'
  const body = isTable
    ? toTable(
        call.kind,
        [object],
        { resourceVersion: object.metadata.resourceVersion },
        call.url.searchParams.get('includeObject'),
      )
    : object
  sendJson(call.response, code, body, headers)
}

function write(call: Call, body: Buffer): void {
  const { cluster, kind, namespace, name, subresource, method, url, request } = call
  const { writer, store, board } = cluster
  const query = url.searchParams
  const warnings: string[] = []
  const options: WriteOptions = {
    manager:
      query.get('fieldManager') ?? (request.headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown',
    subresource,
    dryRun: query.get('dryRun') === 'All',
    fieldValidation: query.get('fieldValidation') ?? 'Warn',
    warn: (message) => warnings.push(`299 - "${message.replaceAll('"', '\\"')}"`),
  }
  const finish = (code: number, object: KubeObject, before?: KubeObject): void => {
    const isStored = !options.dryRun && object.metadata.resourceVersion !== before?.metadata.resourceVersion
    if (isStored) board.record(method, url.pathname, options.manager, object)
    sendObject(
      call,
      code,
      subresource === 'scale' ? toScale(object) : object,
      warnings.length ? { warning: warnings.join(', ') } : {},
    )
  }
  if (method === 'POST' && name === undefined)
    return finish(201, writer.create(kind, namespace, parseBody(body), options))
  if (method === 'DELETE' && subresource === '') return deleteObjects(call, body, options)
  if (name === undefined || (method !== 'PUT' && method !== 'PATCH')) throw methodNotAllowed()
  const before = store.get(kind, namespace, name)
  if (method === 'PUT') {
    const wanted = parseBody(body)
    const change = (live: KubeObject): unknown =>
      subresource === 'scale' ? withReplicas(live, wanted) : wanted
    return finish(200, writer.update(kind, namespace, name, change, options), before)
  }
  const type = (request.headers['content-type'] ?? '').split(';')[0]
  if (type === 'application/apply-patch+yaml' && subresource !== 'scale') {
    if (!query.get('fieldManager'))
      throw new StatusError(
        400,
        'BadRequest',
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      )
    const isForced = /^(1|true)$/.test(query.get('force') ?? '')
    return finish(
      before ? 200 : 201,
      writer.apply(kind, namespace, name, parseBody(body), isForced, options),
      before,
    )
  }
  const apply = {
    'application/json-patch+json': jsonPatch,
    'application/merge-patch+json': mergePatch,
    'application/strategic-merge-patch+json': strategicPatch,
  }[type ?? '']
  if (!apply)
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
    )
  const patch = parsePatch(body)
  const change = (live: KubeObject): unknown =>
    subresource === 'scale' ? withReplicas(live, apply(toScale(live), patch)) : apply(live, patch)
  finish(200, writer.update(kind, namespace, name, change, options), before)
}

function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
  )
}

function deleteObjects(call: Call, body: Buffer, { dryRun, manager }: WriteOptions): void {
  const { cluster, kind, namespace, name, url, response } = call
  const given = (body.length > 0 ? parseBody(body) : {}) as Partial<DeleteOptions> & { dryRun?: unknown }
  const grace = url.searchParams.get('gracePeriodSeconds')
  const options: DeleteOptions = {
    ...given,
    ...(grace !== null && { gracePeriodSeconds: Number(grace) }),
    propagationPolicy: url.searchParams.get('propagationPolicy') ?? given.propagationPolicy,
    dryRun: dryRun || (Array.isArray(given.dryRun) && given.dryRun.includes('All')),
  }
  const removeOne = (object: {
    namespace?: string
    name: string
  }): { object: KubeObject; isGone: boolean } => {
    const removed = cluster.writer.remove(kind, object.namespace, object.name, options)
    if (!options.dryRun) cluster.board.record('DELETE', url.pathname, manager, removed.object)
    return removed
  }
  if (name === undefined) {
    const doomed = listObjects(call, true)
    for (const { metadata } of doomed) removeOne(metadata)
    return sendJson(response, 200, {
      kind: `${kind.kind}List`,
      apiVersion: 'v1',
      metadata: { resourceVersion: String(cluster.store.resourceVersion) },
      items: doomed,
    })
  }
  const { object, isGone } = removeOne({ namespace, name })
  if (!isGone || kind.kind === 'Pod') return sendObject(call, 200, object)
  const details = {
    name,
    ...(kind.group && { group: kind.group }),
    kind: kind.plural,
    uid: object.metadata.uid,
  }
  sendJson(response, 200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details })
}

function toScale(object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const labels = Object.entries(treeAt(object, 'spec', 'selector', 'matchLabels')).map((pair) =>
    pair.join('='),
  )
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: treeAt(object, 'spec').replicas },
    status: { replicas: treeAt(object, 'status').replicas ?? 0, selector: labels.join(',') },
  }
}

function withReplicas(live: KubeObject, scale: unknown): KubeObject {
  const { resourceVersion } = treeAt(scale, 'metadata')
  const metadata = { ...live.metadata, ...(typeof resourceVersion === 'string' && { resourceVersion }) }
  return {
    ...live,
    metadata,
    spec: { ...treeAt(live, 'spec'), replicas: treeAt(scale, 'spec').replicas ?? 0 },
  }
}
