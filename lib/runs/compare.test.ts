import { describe, expect, it } from 'vitest'
import { type Comparison, compareGroups, compareRepeats, corrected, studentP, verdictInWords } from './compare'
import { seeded } from './random'

describe('pairs', () => {
  it('give Student’s interval of the logarithms', () => {
    // Logarithms of 2: 1, 2, 3, so that a table's t of 4.303 and an error of 1/√3 are all there is to it.
    const { ratio, low, high, verdict, pairs } = compareRepeats([10, 10, 10], [20, 40, 80])
    expect(pairs).toEqual([2, 4, 8])
    expect(ratio).toBeCloseTo(4, 9)
    expect(low).toBeCloseTo(4 / 2 ** (4.30265 / Math.sqrt(3)), 5)
    expect(high).toBeCloseTo(4 * 2 ** (4.30265 / Math.sqrt(3)), 3)
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
  it('are the same if their values are equal, even if there are few or all are 0', () => {
    expect(compareRepeats([3, 4, 5], [3, 4, 5])).toMatchObject({ ratio: 1, low: 1, high: 1, p: 1, verdict: 'same' })
    expect(verdictInWords(compareRepeats([3, 4, 5], [3, 4, 5]))).toBe('the same')
    expect(compareRepeats([3, 4], [3, 4])).toMatchObject({ ratio: 1, low: null, p: null, verdict: 'same' })
    expect(compareRepeats([0, 0, 0], [0, 0, 0])).toMatchObject({ ratio: null, verdict: 'same' })
    expect(compareGroups([7, 7], [7, 7, 7])).toMatchObject({ ratio: 1, verdict: 'same' })
    // Equal only on average.
    expect(compareRepeats([3, 4, 5], [5, 4, 3])).toMatchObject({ ratio: 1, p: 1, verdict: 'indistinguishable' })
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
    expect(low).toBeCloseTo(2 ** (5 - 2.77645 * Math.sqrt(2 / 3)), 4)
    expect(compareGroups([1, 1.1, 0.9, 1], [2, 2.1, 1.9])).toMatchObject({ verdict: 'more', pairs: [] })
  })
  it('are too few where one side is', () => {
    expect(compareGroups([1, 1.1, 0.9, 1], [2, 2.1])).toMatchObject({ verdict: 'too-few', low: null })
  })
  it('have an interval where neither scatters', () => {
    expect(compareGroups([100, 100, 100], [1, 1, 1])).toMatchObject({ ratio: 0.01, high: 0.01, verdict: 'less' })
  })
})

describe('several metrics', () => {
  const tested = (p: number | null, verdict: Comparison['verdict'] = 'more'): Comparison => ({
    ...compareRepeats([1, 1, 1], [2, 3, 4]),
    p,
    verdict,
  })
  it('have their p corrected by Holm’s steps, in the order that they came', () => {
    // Sorted: 0.005 × 4, 0.01 × 3, 0.03 × 2, and 0.04 × 1, which can’t be below the one before it.
    const all = corrected([0.01, 0.04, 0.03, 0.005].map((p) => tested(p)))
    expect(all.map(({ p }) => Number(p?.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02])
    expect(all.map(({ verdict }) => verdict)).toEqual(['more', 'unclear', 'unclear', 'more'])
    expect(verdictInWords(all[1] ?? tested(1))).toBe('unclear after correction')
  })
  it('leave out what was not tested, and change no other verdict', () => {
    const all = corrected([tested(null, 'too-few'), tested(1, 'same'), tested(0.02), tested(0.3, 'indistinguishable')])
    expect(all.map(({ p, verdict }) => [p, verdict])).toEqual([
      [null, 'too-few'],
      [1, 'same'],
      [0.06, 'unclear'],
      [0.6, 'indistinguishable'],
    ])
  })
  it('find a difference between equals in one of twenty comparisons, and not in one of five', () => {
    const draw = seeded(11, 'keys')
    const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
    const repeats = () => Array.from({ length: 5 }, () => 10 * Math.exp(normal() * 0.1))
    const tries = Array.from({ length: 2_000 }, () =>
      Array.from({ length: 5 }, () => compareRepeats(repeats(), repeats())),
    )
    const differs = ({ verdict }: Comparison) => verdict === 'less' || verdict === 'more'
    const share = (comparisons: Comparison[][]) =>
      comparisons.filter((each) => each.some(differs)).length / tries.length
    expect(share(tries)).toBeGreaterThan(0.19)
    expect(share(tries.map(corrected))).toBeLessThan(0.065)
  })
})

it('knows Student’s distribution', () => {
  // Two-sided 5% and 1% points, as any table has them.
  for (const [t, degrees, p] of [
    [12.7062, 1, 0.05],
    [4.30265, 2, 0.05],
    [3.18245, 3, 0.05],
    [9.92484, 2, 0.01],
    [3.16927, 10, 0.01],
    [2.04227, 30, 0.05],
  ] as const)
    expect(studentP(t, degrees)).toBeCloseTo(p, 6)
  expect([studentP(0, 4), studentP(Infinity, 3)]).toEqual([1, 0])
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
