import type { Pool } from 'pg'

/**
 * Answers whether the database answers, asking it at most twice a second whoever asks. A question that hangs counts as
 * no after two seconds, and the next one starts anew: after an outage the answer recovers by itself.
 */
export function createDatabaseCheck(getPool: () => Pool, keptForMilliseconds = 500): () => Promise<boolean> {
  let asked: { at: number; answer: Promise<boolean> } | undefined
  return () => {
    const now = performance.now()
    if (!asked || now - asked.at >= keptForMilliseconds) asked = { at: now, answer: ask(getPool()) }
    return asked.answer
  }
}

async function ask(pool: Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((settle) => {
    timer = setTimeout(settle, 2_000, false)
  })
  try {
    const answer = pool.query('select 1').then(
      () => true,
      () => false,
    )
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
