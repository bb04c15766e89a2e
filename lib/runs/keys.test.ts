import { describe, expect, it } from 'vitest'
import { arrivals } from './arrivals'
import type { RunConfig } from './config'
import { drawKeys } from './keys'

const draw = (keys: RunConfig['keys'], n: number) => {
  const next = drawKeys(keys)
  return Array.from({ length: n }, next)
}

describe('drawKeys', () => {
  const base = { count: 100, s: 1, seed: 7 }

  it.each(['uniform', 'zipf'] as const)(
    '%s draws the same again with the same seed, and others with another',
    (kind) => {
      expect(draw({ ...base, kind }, 50)).toEqual(draw({ ...base, kind }, 50))
      expect(draw({ ...base, kind }, 50)).not.toEqual(draw({ ...base, kind, seed: 8 }, 50))
    },
  )

  it('draws other keys for a warm-up, lest it caches those that are measured', () => {
    const warmUp = Array.from({ length: 50 }, drawKeys({ ...base, kind: 'uniform' }, true))
    expect(warmUp).not.toEqual(draw({ ...base, kind: 'uniform' }, 50))
  })

  it('stays within its keys, down to one', () => {
    for (const kind of ['one', 'cycle', 'uniform', 'zipf'] as const) {
      expect(draw({ ...base, kind, count: 1 }, 20)).toEqual(Array(20).fill(0))
      expect(draw({ ...base, kind }, 5_000).every((key) => Number.isInteger(key) && key >= 0 && key < 100)).toBe(true)
    }
  })

  it('cycles', () => {
    expect(draw({ ...base, kind: 'cycle', count: 3 }, 7)).toEqual([0, 1, 2, 0, 1, 2, 0])
  })

  it('draws rank k as often as Zipf’s law says', () => {
    const N = 200_000
    const drawn = draw({ kind: 'zipf', count: 50, s: 1.2, seed: 3 }, N)
    const weight = Array.from({ length: 50 }, (_, i) => (i + 1) ** -1.2)
    const sum = weight.reduce((a, b) => a + b)
    for (const rank of [0, 1, 4, 19, 49]) {
      const expected = (weight[rank] ?? 0) / sum
      const seen = drawn.filter((key) => key === rank).length / N
      // Four standard deviations of a binomial share.
      expect(Math.abs(seen - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / N))
    }
  })

  it('asks for what was recorded, in its order, again and again', () => {
    expect(draw({ kind: 'list', count: 9, s: 1, seed: 1, list: [4, 4, 8] }, 5)).toEqual([4, 4, 8, 4, 4])
  })

  it('asks mostly for a hot set, which moves on by its own size', () => {
    const drawn = draw({ kind: 'hotset', count: 1_000, s: 1, seed: 5, hot: 10, share: 0.8, shift: 5_000 }, 15_000)
    for (const round of [0, 1, 2]) {
      const hot = drawn.slice(round * 5_000, (round + 1) * 5_000).filter((key) => Math.floor(key / 10) === round)
      // 80 % of the requests, and ten of a thousand of the others; four standard deviations.
      expect(Math.abs(hot.length / 5_000 - 0.802)).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / 5_000))
      expect(new Set(hot).size).toBe(10)
    }
  })

  it('begins anew when the hot set comes to the last key', () => {
    const keys = new Set(draw({ kind: 'hotset', count: 20, s: 1, seed: 5, hot: 15, share: 1, shift: 100 }, 300))
    expect([...keys].every((key) => key >= 0 && key < 20)).toBe(true)
    expect(keys.size).toBe(20)
  })

  it('is uniform with s = 0', () => {
    const counts = new Map<number, number>()
    for (const key of draw({ kind: 'zipf', count: 10, s: 0, seed: 1 }, 50_000))
      counts.set(key, (counts.get(key) ?? 0) + 1)
    for (let key = 0; key < 10; key += 1) expect(Math.abs((counts.get(key) ?? 0) - 5_000)).toBeLessThan(300)
  })
})

describe('arrivals', () => {
  const times = (kind: 'poisson' | 'even', n: number, seed = 1) => {
    const next = arrivals({ arrivals: kind, rate: 100 }, seed)
    return Array.from({ length: n }, next)
  }

  it('come evenly', () => {
    expect(times('even', 4)).toEqual([0, 10, 20, 30])
    const next = arrivals({ arrivals: 'even', rate: 5_000 }, 1)
    expect(Array.from({ length: 20_001 }, next).filter((due) => due < 4_000).length).toBe(20_000)
  })

  it('come at the rate on average, with pauses that are spread like an exponential distribution', () => {
    const due = times('poisson', 50_001)
    const pauses = due.slice(1).map((at, i) => at - (due[i] ?? 0))
    const mean = pauses.reduce((a, b) => a + b) / pauses.length
    expect(mean).toBeGreaterThan(9.8)
    expect(mean).toBeLessThan(10.2)
    // Of an exponential distribution, 1 - 1/e is below its mean.
    expect(pauses.filter((pause) => pause < 10).length / pauses.length).toBeCloseTo(1 - 1 / Math.E, 2)
    expect(times('poisson', 20)).toEqual(times('poisson', 20))
    expect(times('poisson', 20)).not.toEqual(times('poisson', 20, 2))
  })

  it('have nothing to do with the keys of the same seed', () => {
    const N = 20_000
    const due = times('poisson', N + 1, 7)
    const keys = draw({ kind: 'uniform', count: 10_000, s: 1, seed: 7 }, N)
    // After an unpopular key the pause is as often longer than usual as after a popular one.
    const long = keys.filter((key, i) => key >= 5_000 && (due[i + 1] ?? 0) - (due[i] ?? 0) > 10 * Math.LN2).length
    expect(Math.abs(long / N - 1 / 4)).toBeLessThan(4 * Math.sqrt((1 / 4) * (3 / 4) * (1 / N)))
  })
})
