import type { ActionResult } from '#lib/domain/action-result.ts'

/** What the account page hands to its parts. */
export interface AccountActions {
  changePassword: (input: unknown) => Promise<ActionResult<void>>
  rename: (input: unknown) => Promise<ActionResult<void>>
  endSession: (key: string) => Promise<ActionResult<void>>
  signOutEverywhere: () => Promise<void>
  startLinking: () => Promise<ActionResult<void>>
}
