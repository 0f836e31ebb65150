import { invalid } from '#lib/domain/errors.ts'
import { isUuid } from './list-rows.ts'

/** A client may name its request; the name is a UUID. */
export function checkRequestId(requestId: string | undefined): void {
  if (requestId === undefined || isUuid(requestId)) return
  throw invalid([{ path: ['requestId'], rule: 'uuid', message: 'A requestId is a UUID.', given: requestId }])
}
