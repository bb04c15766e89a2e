import { describe, expect, it } from 'vitest'
import { seeded } from '@/lib/runs/random'
import { curveTtls, theoryHitRate, theoryMeanAgeMs, theoryStaleRate } from './ttl-theory'

/**
 * A TTL cache, asked `requests` times at random moments while somebody writes past it: what the formulas are about,
 * counted.
 */
function simulated(rate: number, ttl: number, requests: number, writes = 0) {
  const random = seeded(1, 'arrivals')
  const wait = (each: number) => -Math.log(1 - random()) / each
  let at = 0
  let storedAt = Number.NEGATIVE_INFINITY
  let hits = 0
  let age = 0
  let stale = 0
  let writeAt = writes > 0 ? wait(writes) : Number.POSITIVE_INFINITY
  let writtenAt = Number.NEGATIVE_INFINITY
  for (let i = 0; i < requests; i += 1) {
    at += wait(rate)
    while (writeAt < at) {
      writtenAt = writeAt
      writeAt += wait(writes)
    }
    if (at < storedAt + ttl) {
      hits += 1
      if (writtenAt > storedAt) stale += 1
      age += at - storedAt
    } else storedAt = at
  }
  return { hitRate: hits / requests, meanAgeMs: (age / requests) * 1000, staleRate: stale / requests }
}

describe('the theory of a TTL cache', () => {
  it('is λT / (1 + λT)', () => {
    expect(theoryHitRate(40, 0.1)).toBeCloseTo(0.8)
    expect(theoryHitRate(1, 1)).toBe(0.5)
    expect(theoryHitRate(40, 0)).toBe(0)
  })
  it.each([
    [40, 0.1],
    [40, 2],
    [2, 0.5],
  ])('says what a cache does that is asked %i times a second, TTL %d s', (rate, ttl) => {
    const counted = simulated(rate, ttl, 100_000)
    expect(theoryHitRate(rate, ttl)).toBeCloseTo(counted.hitRate, 2)
    expect(theoryMeanAgeMs(rate, ttl) / counted.meanAgeMs).toBeCloseTo(1, 1)
  })
  it.each([
    [36, 4, 0.1],
    [36, 4, 2],
    [1, 8, 1],
  ])('says how much is stale of %i reads a second with %i writes, TTL %d s', (rate, writes, ttl) => {
    expect(theoryStaleRate(rate, writes, ttl)).toBeCloseTo(simulated(rate, ttl, 100_000, writes).staleRate, 2)
  })
  it('has nothing stale where nobody writes', () => {
    expect(theoryStaleRate(40, 0, 1)).toBe(0)
  })
  it('has a curve that begins at nothing and ends at the longest TTL', () => {
    const ttls = curveTtls(2)
    expect(ttls[0]).toBe(0)
    expect(ttls.at(-1)).toBe(2)
    expect(ttls).toEqual([...ttls].sort((a, b) => a - b))
  })
})
