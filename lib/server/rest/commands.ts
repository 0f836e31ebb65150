import { z } from 'zod'
import { invalid } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { deployInstallation } from '../installations/deploy.ts'
import { getInstallation } from '../installations/get.ts'
import { requestOperation } from '../installations/request-operation.ts'
import { parseInput } from '../resources/parse-input.ts'
import { cancelWorkitem } from '../workitems/cancel.ts'
import { dismissWorkitem } from '../workitems/dismiss.ts'
import { retryWorkitem } from '../workitems/retry.ts'

/** One call of `POST /{resource}/{id}/command`; `id` is the natural key in the address. */
export interface CommandCall {
  actor: Actor
  namespace: string
  id: string
  data: unknown
  requestId: string | undefined
}

export type Command = (call: CommandCall) => Promise<object>

const CommandBody = z.strictObject({
  op: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
  /** Repeating a request with the same one answers the first workitem. */
  requestId: z.uuid('A requestId is a UUID').optional(),
})

/** Parses the body of a command and runs it; an op that is not in the table is refused with those that are. */
export function runCommand(
  commands: Record<string, Command>,
  call: Omit<CommandCall, 'data' | 'requestId'>,
  body: unknown,
): Promise<object> {
  const { op, data, requestId } = parseInput(CommandBody, body)
  const command = Object.hasOwn(commands, op) ? commands[op] : undefined
  if (!command) {
    const message = `There is no op '${op}' here; there are ${Object.keys(commands).join(', ')}`
    throw invalid([{ path: ['op'], rule: 'knownOp', message, given: op }])
  }
  return command({ ...call, data, requestId })
}

const Name = z.strictObject({ name: z.string().min(1, 'The name of the installation is required') })
const NameAndVolumes = Name.extend({ deleteVolumes: z.boolean().optional() })
const Volumes = NameAndVolumes.omit({ name: true })
const Nothing = z.strictObject({})

type Operation = Parameters<typeof requestOperation>[2]['operation']

const onCluster =
  (operation: Operation): Command =>
  ({ actor, namespace, id, data, requestId }) => {
    const schema = operation === 'undeploy' ? NameAndVolumes : Name
    const { name, ...rest } = parseInput(schema, data)
    const options = { ...rest, ...(requestId === undefined ? {} : { requestId }) }
    return requestOperation(actor, namespace, {
      clusterName: id,
      installationName: name,
      operation,
      ...options,
    })
  }

/** `k8sclusters/{cluster}/command`: `data.name` names the installation. */
export const clusterCommands: Record<string, Command> = {
  deploy: ({ actor, namespace, id, data, requestId }) =>
    deployInstallation(actor, namespace, id, data, requestId === undefined ? {} : { requestId }),
  shutdown: onCluster('shutdown'),
  restart: onCluster('restart'),
  undeploy: onCluster('undeploy'),
}

const onInstallation =
  (operation: Operation): Command =>
  ({ actor, namespace, id, data, requestId }) => {
    const given = parseInput(operation === 'undeploy' ? Volumes : Nothing, data)
    const options = { ...given, ...(requestId === undefined ? {} : { requestId }) }
    return requestOperation(actor, namespace, { installationName: id, operation, ...options })
  }

/** `k8sinstallations/{installation}/command`: the same, on the cluster the installation is on. */
export const installationCommands: Record<string, Command> = {
  async deploy({ actor, namespace, id, data, requestId }) {
    const given = data as Record<string, unknown>
    if (given.name !== undefined && given.name !== id) {
      const message = `'name' is in the address already, as '${id}'`
      throw invalid([{ path: ['name'], rule: 'matchesAddress', message, given: given.name }])
    }
    const { clusterName } = await getInstallation(actor, namespace, id)
    const options = requestId === undefined ? {} : { requestId }
    return deployInstallation(actor, namespace, clusterName, { ...given, name: id }, options)
  },
  shutdown: onInstallation('shutdown'),
  restart: onInstallation('restart'),
  undeploy: onInstallation('undeploy'),
}

const onWorkitem =
  (verb: (actor: Actor, namespace: string, requestId: string) => Promise<object>): Command =>
  ({ actor, namespace, id, data }) => {
    parseInput(Nothing, data)
    return verb(actor, namespace, id)
  }

/** `k8sworkitems/{requestId}/command`. */
export const workitemCommands: Record<string, Command> = {
  cancel: onWorkitem(cancelWorkitem),
  retry: onWorkitem(retryWorkitem),
  dismiss: onWorkitem(dismissWorkitem),
}
