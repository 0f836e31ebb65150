import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { DomainError, invalid } from '#lib/domain/errors.ts'
import { parseInput } from '../resources/parse-input.ts'

const maximumBodyBytes = 5 * 1024 ** 2

/** A worker's message, parsed; refused when it is too large, no JSON, or not what the protocol says. */
export async function readMessage<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = (await readBody(request)).toString('utf8')
  let message: unknown
  try {
    message = parseJson(text)
  } catch {
    throw invalid([{ path: [], rule: 'json', message: 'The message is not JSON.' }])
  }
  return parseInput(schema, message)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = (bytes: number) =>
    new DomainError(
      'io.windlass.too.large',
      `A message has at most ${maximumBodyBytes} bytes, and this one has ${bytes} or more.`,
      { params: [maximumBodyBytes, bytes] },
    )
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > maximumBodyBytes) throw tooLarge(announced)
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > maximumBodyBytes) throw tooLarge(bytes)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Kubernetes' messages may hold what PostgreSQL cannot store: NUL, and halves of characters. */
function parseJson(text: string): unknown {
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  )
}
