import type { IncomingMessage } from 'node:http'
import { parse } from 'yaml'
import { decodeProtobuf } from './protobuf.ts'
import { badRequest, StatusError } from './status-errors.ts'
import { isTree, type Tree } from './trees.ts'

/** The real server's limit of a request body. */
const longestBody = 3 * 1024 * 1024

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    parts.push(part as Buffer)
    length += (part as Buffer).length
    if (length > longestBody)
      throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${longestBody}`)
  }
  return Buffer.concat(parts)
}

export function parseBody(bytes: Buffer): Tree {
  if (bytes.subarray(0, 3).equals(Buffer.from('k8s'))) return decodeProtobuf(bytes)
  const body = bytes.toString('utf8')
  try {
    const value: unknown = body.trimStart().startsWith('{') ? JSON.parse(body) : parse(body)
    if (isTree(value)) return value
  } catch (error) {
    throw badRequest(`the object provided is unrecognized (must be of type json or yaml): ${String(error)}`)
  }
  throw badRequest("couldn't get version/kind; json parse error: the body is not an object")
}

export function parsePatch(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw badRequest(`error decoding patch: ${String(error)}`)
  }
}
