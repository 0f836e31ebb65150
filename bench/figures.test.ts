import { describe, expect, it } from 'vitest'
import { describeFigures, quantile } from './figures.ts'

describe('quantile', () => {
  it('answers a value that was measured', () => {
    const sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100]
    expect(quantile(sorted, 0)).toBe(1)
    expect(quantile(sorted, 0.5)).toBe(5)
    expect(quantile(sorted, 0.95)).toBe(100)
    expect(quantile(sorted, 1)).toBe(100)
  })
})

describe('describeFigures', () => {
  it('ends with one line of JSON with the figures of the table', () => {
    const text = describeFigures('deploy', [
      { title: 'ours', unit: 'ms', values: [3, 1, 2], peer: 'theirs' },
      { title: 'theirs', unit: 'ms', values: [4] },
    ])
    const last = JSON.parse(text.trimEnd().split('\n').at(-1)!)
    expect(last.bench).toBe('deploy')
    expect(last.figures[0]).toEqual({
      title: 'ours',
      unit: 'ms',
      runs: 3,
      min: 1,
      median: 2,
      p95: 3,
      max: 3,
      ratio: 0.5,
    })
  })
})
