import { badRequest, StatusError } from './status-errors.ts'
import type { Tree } from './trees.ts'

type FieldType = 'text' | 'base64' | 'boolean' | Message
type Shape = 'one' | 'many' | 'map'
interface Message {
  [number: number]: [name: string, type: FieldType, shape?: Shape]
}

const metadata: Message = {
  1: ['name', 'text'],
  2: ['generateName', 'text'],
  3: ['namespace', 'text'],
  11: ['labels', 'text', 'map'],
  12: ['annotations', 'text', 'map'],
  14: ['finalizers', 'text', 'many'],
}

const attributes: Message = {
  1: ['namespace', 'text'],
  2: ['verb', 'text'],
  3: ['group', 'text'],
  4: ['version', 'text'],
  5: ['resource', 'text'],
  6: ['subresource', 'text'],
  7: ['name', 'text'],
}

/**
 * The messages kubectl sends as protobuf whatever the server offers: those of `kubectl create` and `auth can-i`.
 * Numbers from the generated.proto files of k8s.io/api.
 */
const messages: Record<string, Message> = {
  Namespace: { 1: ['metadata', metadata] },
  ConfigMap: {
    1: ['metadata', metadata],
    2: ['data', 'text', 'map'],
    3: ['binaryData', 'base64', 'map'],
    4: ['immutable', 'boolean'],
  },
  Secret: {
    1: ['metadata', metadata],
    2: ['data', 'base64', 'map'],
    3: ['type', 'text'],
    4: ['stringData', 'text', 'map'],
    5: ['immutable', 'boolean'],
  },
  SelfSubjectAccessReview: {
    1: ['metadata', metadata],
    2: ['spec', { 1: ['resourceAttributes', attributes] }],
  },
}

const prefix = Buffer.from('k8s\0')

/** Reads an object in Kubernetes' protobuf envelope; 415 for kinds that are not known here in this form. */
export function decodeProtobuf(body: Buffer): Tree {
  if (!body.subarray(0, 4).equals(prefix))
    throw badRequest('the body is not in the format its content type says')
  const typeMeta: Message = { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] }
  const envelope = decode(body.subarray(4), { 1: ['type', typeMeta], 2: ['raw', 'base64'] })
  const { apiVersion, kind } = envelope.type as { apiVersion: string; kind: string }
  const message = messages[kind]
  if (!message)
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the sandbox reads ${kind} as JSON or YAML only, not as protobuf`,
    )
  return { apiVersion, kind, ...decode(Buffer.from(envelope.raw as string, 'base64'), message) }
}

function decode(bytes: Buffer, message: Message): Tree {
  const result: Tree = {}
  let at = 0
  const readNumber = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    const tag = readNumber()
    const [name = '', type = 'text', shape = 'one'] = message[tag >> 3] ?? []
    let value: unknown
    if ((tag & 7) === 0) value = readNumber() !== 0
    else if ((tag & 7) === 2) {
      const length = readNumber()
      value = readField(
        bytes.subarray(at, (at += length)),
        shape === 'map' ? { 1: ['key', 'text'], 2: ['value', type] } : type,
      )
    } else throw badRequest('the body holds a protobuf field of a type that Kubernetes does not use')
    if (!name) continue
    if (shape === 'many') result[name] = [...((result[name] as unknown[] | undefined) ?? []), value]
    else if (shape === 'map') {
      const { key = '', value: inner = '' } = value as { key?: string; value?: unknown }
      result[name] = { ...(result[name] as Tree | undefined), [key]: inner }
    } else if (value !== '') result[name] = value
  }
  return result
}

function readField(bytes: Buffer, type: FieldType): unknown {
  if (typeof type === 'object') return decode(bytes, type)
  return bytes.toString(type === 'base64' ? 'base64' : 'utf8')
}
