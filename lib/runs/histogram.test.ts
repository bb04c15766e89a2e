import { randomExponential, randomLcg, randomLogNormal, randomUniform } from 'd3-random'
import { beforeAll, describe, expect, it } from 'vitest'
import { latencyHistogram, loadHistograms } from './histogram'
import { NO_LATENCY } from './report'

beforeAll(loadHistograms)

/** The nearest-rank percentile of sorted truth. */
const truth = (sorted: number[], percentile: number) => sorted[Math.ceil((sorted.length * percentile) / 100) - 1] ?? 0

const random = () => randomLcg(0.42)
const fast = randomLogNormal.source(random())(Math.log(0.4), 0.5)
const slow = randomLogNormal.source(random())(Math.log(180), 0.3)
const pick = random()
const DISTRIBUTIONS: [string, () => number][] = [
  ['uniform, 0.05 to 30 ms', randomUniform.source(random())(0.05, 30)],
  ['exponential, mean 2 ms', randomExponential.source(random())(0.5)],
  ['log-normal, median 120 ms', randomLogNormal.source(random())(Math.log(120), 0.35)],
  ['two humps, hits and misses', () => (pick() < 0.9 ? fast() : slow())],
]

describe('latencyHistogram', () => {
  it.each(DISTRIBUTIONS)('is within 1 %% of sorted truth: %s', (_name, sample) => {
    const histogram = latencyHistogram()
    const samples = Array.from({ length: 50_000 }, () => Math.max(Math.round(sample() * 1000), 1) / 1000)
    for (const ms of samples) histogram.record(ms)
    const sorted = samples.toSorted((a, b) => a - b)
    const summary = histogram.summary()
    for (const [name, percentile] of [
      ['p50', 50],
      ['p90', 90],
      ['p95', 95],
      ['p99', 99],
      ['p999', 99.9],
    ] as const) {
      const exact = truth(sorted, percentile)
      expect(Math.abs(summary[name] - exact) / exact, name).toBeLessThan(0.01)
    }
    const mean = samples.reduce((a, b) => a + b) / samples.length
    expect(Math.abs(summary.mean - mean) / mean).toBeLessThan(0.01)
    expect(Math.abs(summary.max - (sorted.at(-1) ?? 0)) / (sorted.at(-1) ?? 1)).toBeLessThan(0.01)
    expect(Math.abs(summary.min - (sorted[0] ?? 0))).toBeLessThan(0.001 + (sorted[0] ?? 0) * 0.01)
  })

  it('draws its curve on a scale of nines, as far as there are requests, and ends at the slowest', () => {
    const histogram = latencyHistogram()
    for (let i = 1; i <= 1_000; i += 1) histogram.record(i)
    const curve = histogram.curve()
    expect(curve[0]).toMatchObject({ percentile: 0 })
    const at = (percentile: number) => curve.find((point) => Math.abs(point.percentile - percentile) < 1e-9)?.ms ?? 0
    for (const [percentile, ms] of [
      [10, 100],
      [75, 750],
      [90, 900],
      [99, 990],
      [99.9, 999],
      [100, 1_000],
    ] as const) {
      expect(Math.abs(at(percentile) - ms) / ms, String(percentile)).toBeLessThan(0.01)
    }
    // Eight from one nine to the next, and 95 between them.
    expect(curve.filter(({ percentile }) => percentile > 90 && percentile < 99.0001).length).toBe(9)
    expect(curve.at(-2)?.percentile).toBeCloseTo(99.9)
  })

  it('tells a hit of 80 µs from one of 90 µs', () => {
    const histogram = latencyHistogram()
    histogram.record(0.08)
    expect(histogram.summary().p50).toBeCloseTo(0.08, 3)
    histogram.record(0.09)
    expect(histogram.summary().max).toBeCloseTo(0.09, 3)
  })

  it('has no percentile above its maximum', () => {
    for (let us = 1; us < 10_000_000; us = Math.ceil(us * 1.07)) {
      const histogram = latencyHistogram()
      histogram.record(us / 1000)
      const { p50, p99, max } = histogram.summary()
      expect(Math.max(p50, p99)).toBeLessThanOrEqual(max)
    }
  })

  it('takes what is out of its range at its ends, and is all zeros when empty', () => {
    const histogram = latencyHistogram()
    expect(histogram.summary()).toEqual(NO_LATENCY)
    expect(histogram.curve()).toEqual([])
    histogram.record(0)
    histogram.record(1e9)
    expect(histogram.summary().max).toBeGreaterThan(119_000)
  })
})
