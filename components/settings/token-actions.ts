import type { TokenRow } from '#lib/domain/access.ts'
import type { ActionResult } from '#lib/domain/action-result.ts'

/** What the tokens page hands to its parts. */
export interface TokenActions {
  createToken: (namespace: string, input: unknown) => Promise<ActionResult<TokenRow & { token: string }>>
  revokeToken: (namespace: string, name: string) => Promise<ActionResult<void>>
}

export const tokenFilters = [] as const
export const tokensPageSize = 50
