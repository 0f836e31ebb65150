/** Between half of and the whole of the time: a fleet that woke together does not stay together. */
export function jitter(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2)
}

/** Waits, or returns early without an error when the signal aborts. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end, { once: true })
  })
}

/** The wait before retry `attempt` (from 0): doubling, jittered, at least what the other side asked for. */
export function backoffMilliseconds(
  attempt: number,
  options: { firstMilliseconds: number; maximumMilliseconds: number; retryAfterSeconds?: number | undefined },
): number {
  const doubling = Math.min(options.maximumMilliseconds, options.firstMilliseconds * 2 ** attempt)
  return Math.max(jitter(doubling), (options.retryAfterSeconds ?? 0) * 1000)
}
