import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HeldLease, LeaseLost } from './lease.ts'

const lease = { token: '00000000-0000-4000-8000-000000000000', number: 7, remainingMilliseconds: 30_000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('ends a margin before it ends at the console', () => {
  const held = new HeldLease(lease, performance.now())
  vi.advanceTimersByTime(24_900)
  expect(() => held.assertHeld()).not.toThrow()
  vi.advanceTimersByTime(200)
  expect(held.signal.aborted).toBe(true)
  expect(() => held.assertHeld()).toThrow(LeaseLost)
})

it('counts from the moment it is given, not from when it was read', () => {
  const held = new HeldLease(lease, performance.now() - 20_000)
  expect(held.remainingMilliseconds).toBe(5000)
})

it('is seen as over by a process that slept through its timer', () => {
  const held = new HeldLease(lease, performance.now())
  // The clock moves on, and no timer had a chance to run.
  const later = performance.now() + 60_000
  vi.spyOn(performance, 'now').mockReturnValue(later)
  expect(held.signal.aborted).toBe(false)
  expect(() => held.assertHeld()).toThrow(LeaseLost)
  vi.restoreAllMocks()
})

it('goes on when renewed, and never comes back once lost', () => {
  const held = new HeldLease(lease, performance.now())
  vi.advanceTimersByTime(20_000)
  held.extend(30_000, performance.now())
  vi.advanceTimersByTime(20_000)
  expect(() => held.assertHeld()).not.toThrow()
  held.lose('The console has given this item to another worker.')
  held.extend(30_000, performance.now())
  expect(() => held.assertHeld()).toThrow('another worker')
})
