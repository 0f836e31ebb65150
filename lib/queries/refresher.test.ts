import { expect, test } from 'vitest'
import { createRefresher } from './refresher.ts'

/** A refresh that ends when it is told to. */
function makeSlow() {
  const looks: string[][] = []
  const ends: (() => void)[] = []
  const refresh = (items: ReadonlySet<string>) => {
    looks.push([...items])
    return new Promise<void>((resolve) => ends.push(resolve))
  }
  return { looks, ends, refresh }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

test('the first change is looked at at once, and those that come meanwhile in one look after it', async () => {
  const { looks, ends, refresh } = makeSlow()
  const tell = createRefresher(refresh, 0)
  tell(['workitem'])
  tell(['workitem', 'cluster'])
  tell(['installation'])
  expect(looks).toEqual([['workitem']])
  ends[0]?.()
  await settle()
  expect(looks).toEqual([['workitem'], ['workitem', 'cluster', 'installation']])
})

test('a look that fails does not end the looking', async () => {
  let calls = 0
  const tell = createRefresher(() => {
    calls += 1
    return Promise.reject(new Error('no answer'))
  }, 0)
  tell(['cluster'])
  await settle()
  tell(['cluster'])
  await settle()
  expect(calls).toBe(2)
})
