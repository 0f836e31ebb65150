import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '#lib/domain/errors.ts'
import { getPool } from '../database/database.ts'

const windowSeconds = 15 * 60
const failuresPerEmailAndAddress = 10
/** From many addresses together; so high that a stranger cannot lock a known person out with ten guesses. */
const failuresPerEmail = 50
/** Wider: behind one reverse proxy everybody has the same address. */
const failuresPerAddress = 100

function openLimiter(keyPrefix: string, points: number) {
  return new RateLimiterPostgres({
    storeClient: getPool(),
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix,
    points,
    duration: windowSeconds,
  })
}

/**
 * Counts an attempt before the password is looked at, so that guesses made at once are counted as well.
 * Throws 429 with the seconds to wait; `succeeded` takes the attempt back.
 */
export async function countAttempt(email: string, address: string): Promise<{ succeeded(): Promise<void> }> {
  const byBoth = openLimiter('both', failuresPerEmailAndAddress)
  const byEmail = openLimiter('email', failuresPerEmail)
  const byAddress = openLimiter('address', failuresPerAddress)
  const emailKey = createHash('sha256').update(email.toLowerCase()).digest('hex')
  const bothKey = `${emailKey} ${address}`
  try {
    await byAddress.consume(address)
    await byBoth.consume(bothKey)
    await byEmail.consume(emailKey)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw new DomainError(
      'io.windlass.too.many.requests',
      `Too many failed sign-ins. Try again in ${describeWait(retryAfterSeconds)}.`,
      { retryAfterSeconds },
    )
  }
  return {
    async succeeded() {
      await byBoth.delete(bothKey)
      await byEmail.reward(emailKey)
      await byAddress.reward(address)
    },
  }
}

function describeWait(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
