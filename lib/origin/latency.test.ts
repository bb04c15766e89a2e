import { expect, test } from 'vitest'
import { latencies, MEDIAN_MS, SIGMA } from './latency'

const take = (count: number, seed: number) => {
  const next = latencies(seed)
  return Array.from({ length: count }, next)
}

test('half the answers come within the median, and the tail is that of a log-normal', () => {
  const sorted = take(50_000, 0.1).sort((a, b) => a - b)
  const quantile = (share: number) => sorted[Math.floor(share * sorted.length)] ?? 0
  expect(quantile(0.5) / MEDIAN_MS).toBeCloseTo(1, 1)
  // 1.2816 and 2.3263 standard deviations: the normal distribution's 90th and 99th percentiles.
  expect(quantile(0.9) / (MEDIAN_MS * Math.exp(1.2816 * SIGMA))).toBeCloseTo(1, 1)
  expect(quantile(0.99) / (MEDIAN_MS * Math.exp(2.3263 * SIGMA))).toBeCloseTo(1, 1)
})

test('the same seed gives the same times, another seed others', () => {
  expect(take(100, 0.5)).toEqual(take(100, 0.5))
  expect(take(100, 0.5)).not.toEqual(take(100, 0.6))
})
