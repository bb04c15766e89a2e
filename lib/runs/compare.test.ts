import { describe, expect, it } from 'vitest'
import { type Comparison, compareGroups, compareRepeats, verdictInWords } from './compare'
import { seeded } from './random'

describe('pairs', () => {
  it('give Student’s interval of the logarithms', () => {
    // Logarithms of 2: 1, 2, 3, so that a table's t of 4.303 and an error of 1/√3 are all there is to it.
    const { ratio, low, high, verdict, pairs } = compareRepeats([10, 10, 10], [20, 40, 80])
    expect(pairs).toEqual([2, 4, 8])
    expect(ratio).toBeCloseTo(4, 9)
    expect(low).toBeCloseTo(4 / 2 ** (4.303 / Math.sqrt(3)), 6)
    expect(high).toBeCloseTo(4 * 2 ** (4.303 / Math.sqrt(3)), 6)
    expect(verdict).toBe('indistinguishable')
  })
  it('tell apart what a drift of the machine would hide from groups', () => {
    const a = [10, 20, 40, 80]
    const b = a.map((value, i) => value * (1.2 + i / 100))
    expect(compareRepeats(a, b)).toMatchObject({ verdict: 'more' })
    expect(compareGroups(a, b)).toMatchObject({ verdict: 'indistinguishable' })
    expect(compareRepeats(b, a)).toMatchObject({ verdict: 'less' })
  })
  it('leave a repeat out that has no partner yet', () => {
    expect(compareRepeats([1, 1, 1, 99], [2, 2, 2])).toMatchObject({ ratio: 2, low: 2, high: 2, verdict: 'more' })
  })
  it('cannot tell what is the same', () => {
    expect(compareRepeats([3, 4, 5], [3, 4, 5])).toMatchObject({ ratio: 1, low: 1, high: 1 })
    expect(verdictInWords(compareRepeats([3, 4, 5], [3, 4, 5]))).toBe('cannot be told apart')
  })
  it('say nothing of fewer than three, but for the ratio', () => {
    const two = compareRepeats([1, 1], [5, 5])
    expect(two).toMatchObject({ ratio: 5, low: null, high: null, verdict: 'too-few' })
    expect(verdictInWords(two)).toBe('too few repeats to tell')
  })
  it('have no ratio to nothing', () => {
    expect(compareRepeats([0, 0, 0], [1, 1, 1])).toMatchObject({ ratio: null, verdict: 'too-few' })
    expect(verdictInWords(compareRepeats([0, 0, 0], [1, 1, 1]))).toBe('no ratio to 0')
    expect(compareRepeats([], [])).toMatchObject({ ratio: null, verdict: 'too-few' })
  })
})

describe('groups', () => {
  it('of any size give Welch’s interval', () => {
    // Logarithms of 2: 0, 1, 2 and 5, 6, 7: means 5 apart, variances 1/3 each, 4 degrees of freedom.
    const { ratio, low } = compareGroups([1, 2, 4], [32, 64, 128])
    expect(ratio).toBeCloseTo(32, 6)
    expect(low).toBeCloseTo(2 ** (5 - 2.776 * Math.sqrt(2 / 3)), 6)
    expect(compareGroups([1, 1.1, 0.9, 1], [2, 2.1, 1.9])).toMatchObject({ verdict: 'more', pairs: [] })
  })
  it('are too few where one side is', () => {
    expect(compareGroups([1, 1.1, 0.9, 1], [2, 2.1])).toMatchObject({ verdict: 'too-few', low: null })
  })
  it('have an interval where neither scatters', () => {
    expect(compareGroups([100, 100, 100], [1, 1, 1])).toMatchObject({ ratio: 0.01, high: 0.01, verdict: 'less' })
  })
})

it('is right as often as it says: 95 times in 100 the interval holds the ratio', () => {
  const draw = seeded(7, 'keys')
  // Box and Muller: scattered as logarithms of repeats are.
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  const repeats = (of: number, n: number) => Array.from({ length: n }, () => of * Math.exp(normal() * 0.1))
  const share = (compare: (a: number[], b: number[]) => Comparison, n: number) => {
    const tries = 4_000
    const held = Array.from({ length: tries }).filter(() => {
      const { low, high } = compare(repeats(10, n), repeats(13, n))
      return low !== null && high !== null && low <= 1.3 && high >= 1.3
    })
    return held.length / tries
  }
  for (const n of [3, 5, 10]) {
    expect(share(compareRepeats, n)).toBeGreaterThan(0.94)
    expect(share(compareRepeats, n)).toBeLessThan(0.965)
    expect(share(compareGroups, n)).toBeGreaterThan(0.94)
  }
})

it('says faster and slower where less and more are that', () => {
  const words = { less: 'faster', more: 'slower' }
  expect(verdictInWords(compareRepeats([2, 2, 2], [1, 1, 1]), words)).toBe('faster')
  expect(verdictInWords(compareRepeats([1, 1, 1], [2, 2, 2]), words)).toBe('slower')
})
