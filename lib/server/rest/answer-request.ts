import { DomainError, invalid } from '#lib/domain/errors.ts'
import { answerError } from './answer-error.ts'
import { runCommand } from './commands.ts'
import { findCaller, type Caller } from './find-caller.ts'
import { readJson } from './read-body.ts'
import { faultsOfParameters, readListQuery } from './read-list-query.ts'
import { resources, type Resource } from './resources.ts'

const resourcesPath = '/api/v1/resources/'

interface Target {
  name: string
  resource: Resource
  /** Undefined for the resource as a whole. */
  id: string | undefined
  isCommand: boolean
}

/** REST's door: finds the resource, the caller and the verb, and answers in the contract's form. */
export async function answerRequest(request: Request): Promise<Response> {
  try {
    const url = new URL(request.url)
    const caller = await findCaller(request, url.searchParams.get('namespace'))
    const target = findTarget(url.pathname)
    const verbs = verbsOf(target, caller, request, url.searchParams)
    const verb = verbs[request.method === 'HEAD' ? 'GET' : request.method]
    if (!verb) return refuseMethod(request.method, Object.keys(verbs), target)
    if (!isList(request, target)) {
      const known = request.method === 'DELETE' ? (target.resource.removeParameters ?? []) : []
      const faults = faultsOfParameters(url.searchParams, known)
      if (faults.length > 0) throw invalid(faults)
    }
    return await verb()
  } catch (error) {
    const isUnauthenticated = error instanceof DomainError && error.code === 'io.windlass.unauthenticated'
    return answerError(error, isUnauthenticated ? { 'www-authenticate': 'Bearer' } : {})
  }
}

function findTarget(pathname: string): Target {
  const [first = '', ...rest] = pathname.slice(resourcesPath.length).split('/')
  const name = decode(first)
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined
  if (!resource) {
    throw new DomainError('io.vantiq.type.system.resource.unknown', `There is no resource '${name}'.`, {
      params: [name],
    })
  }
  const isCommand = resource.commands !== undefined && rest.length > 1 && rest.at(-1) === 'command'
  const id = decode((isCommand ? rest.slice(0, -1) : rest).join('/'))
  return { name, resource, id: id === '' ? undefined : id, isCommand }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    const message = 'The address holds a broken percent-encoding'
    throw invalid([{ path: [], rule: 'percentEncoding', message, given: text }])
  }
}

const isList = (request: Request, { id }: Target): boolean =>
  id === undefined && (request.method === 'GET' || request.method === 'HEAD')

type Verbs = Record<string, () => Promise<Response>>

function verbsOf(target: Target, caller: Caller, request: Request, parameters: URLSearchParams): Verbs {
  const { resource, id, isCommand } = target
  const { actor, namespace } = caller
  const verbs: Verbs = {}
  if (id === undefined) {
    verbs.GET = async () => answerPage(await resource.list(actor, namespace, readListQuery(parameters)))
    const { insert } = resource
    if (insert) verbs.POST = async () => answer(await insert(actor, namespace, request))
    return verbs
  }
  const { commands, update, remove } = resource
  if (isCommand && commands) {
    verbs.POST = async () =>
      answer(await runCommand(commands, { actor, namespace, id }, await readJson(request)))
    return verbs
  }
  verbs.GET = async () => answer(await resource.get(actor, namespace, id))
  if (update) verbs.PUT = async () => answer(await update(actor, namespace, id, await readJson(request)))
  if (remove) {
    verbs.DELETE = async () => {
      const left = await remove(actor, namespace, id, parameters)
      return left === undefined ? new Response(null, { status: 204, headers: noStore }) : answer(left)
    }
  }
  return verbs
}

const noStore = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

const answer = (body: unknown): Response => Response.json(body, { headers: noStore })

function answerPage({ rows, total }: { rows: object[]; total?: number }): Response {
  const headers = total === undefined ? noStore : { ...noStore, 'x-total-count': String(total) }
  return Response.json(rows, { headers })
}

function refuseMethod(method: string, allowed: string[], target: Target): Response {
  const of = target.id === undefined ? target.name : `one of ${target.name}`
  const message = `${method} is not possible on ${target.isCommand ? 'a command' : of}; there is ${allowed.join(', ')}.`
  const refusal = new DomainError('io.windlass.method.not.allowed', message, { params: [method, allowed] })
  return answerError(refusal, { allow: allowed.join(', ') })
}
