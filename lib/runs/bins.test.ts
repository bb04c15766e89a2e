import { randomLcg, randomLogNormal } from 'd3-random'
import { describe, expect, it } from 'vitest'
import { logBins } from './bins'

const filled = (samples: number[]) => {
  const bins = logBins()
  for (const ms of samples) bins.record(ms)
  return bins.distribution()
}

describe('logBins', () => {
  it('counts what sorted truth counts between the same edges', () => {
    const random = randomLcg(0.7)
    const fast = randomLogNormal.source(random)(Math.log(0.4), 0.8)
    const slow = randomLogNormal.source(random)(Math.log(210), 0.1)
    const samples = Array.from({ length: 50_000 }, () => (random() < 0.9 ? fast() : slow()))
    const distribution = filled(samples)
    expect(distribution.reduce((sum, { count }) => sum + count, 0)).toBe(samples.length)
    for (const { fromMs, toMs, count } of distribution) {
      expect(count, `${fromMs} to ${toMs} ms`).toBe(samples.filter((ms) => ms >= fromMs && ms < toMs).length)
    }
  })

  it('has twelve bins a decade, without a gap, from the first that holds something to the last', () => {
    const distribution = filled([0.0101, 9.9, 9.9])
    expect(distribution[0]).toMatchObject({ fromMs: 0.01, count: 1 })
    expect(distribution.at(-1)).toMatchObject({ toMs: 10, count: 2 })
    expect(distribution).toHaveLength(3 * 12)
    expect(distribution.slice(1).map(({ fromMs }) => fromMs)).toEqual(distribution.slice(0, -1).map(({ toMs }) => toMs))
  })

  it('puts an edge into the bin that it begins', () => {
    for (const { fromMs, toMs } of filled([0.001, 119_000])) {
      expect(filled([fromMs])).toEqual([{ fromMs, toMs, count: 1 }])
    }
  })

  it('takes what is out of its range at its ends, stays bounded, and is empty when empty', () => {
    expect(filled([])).toEqual([])
    const ends = filled([0, 1e9])
    expect(ends.length).toBeLessThan(100)
    expect([ends[0]?.count, ends.at(-1)?.count]).toEqual([1, 1])
  })
})
