import { describe, expect, it } from 'vitest'
import { type Bin, logAxis, spreadInWords } from './spread'

/** Two humps: hits about 1 ms, misses about 200 ms, and nothing between. */
const humps: Bin[] = [
  { fromMs: 0.8, toMs: 1, count: 300 },
  { fromMs: 1, toMs: 1.25, count: 600 },
  { fromMs: 1.25, toMs: 20, count: 0 },
  { fromMs: 20, toMs: 25, count: 0 },
  { fromMs: 200, toMs: 250, count: 100 },
]
const latency = { count: 1_000, min: 0.8, mean: 22, p50: 1.1, p90: 1.2, p95: 210, p99: 240, p999: 249, max: 249 }

describe('the axis of a distribution', () => {
  it('goes from the first bin to the end of the last', () => {
    const { at } = logAxis(humps)
    expect([at(0.8), at(250)]).toEqual([0, 1])
  })
  it('gives equal room to equal factors', () => {
    const { at } = logAxis([{ fromMs: 1, toMs: 100, count: 1 }])
    expect(at(10)).toBeCloseTo(0.5)
    expect(at(100) - at(50)).toBeCloseTo(at(2) - at(1))
  })
  it('keeps what is outside at its ends', () => {
    const { at } = logAxis(humps)
    expect([at(0), at(10_000)]).toEqual([0, 1])
  })
  it('has round ticks, more of them where it is short', () => {
    expect(logAxis(humps).ticks).toEqual([1, 10, 100])
    expect(logAxis([{ fromMs: 0.9, toMs: 12, count: 1 }]).ticks).toEqual([1, 2, 5, 10])
  })
  it('has a place for a bin that begins at 0', () => {
    const { at } = logAxis([
      { fromMs: 0, toMs: 1, count: 1 },
      { fromMs: 1, toMs: 10, count: 1 },
    ])
    expect(at(0)).toBe(0)
    expect(at(1)).toBeGreaterThan(0)
  })
})

describe('a distribution in words', () => {
  it('says how few took about the mean', () => {
    const words = spreadInWords(humps, latency).replaceAll('\u202f', ' ')
    expect(words).toContain('1,000 round trips. The fullest bar is from 1.00 ms to 1.25 ms: 60.0 % of them.')
    expect(words).toContain('The mean is 22.0 ms; 0 % took about that long.')
  })
})
