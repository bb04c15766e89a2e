import { describe, expect, it } from 'vitest'
import type { Reading } from '../reading'
import { ageOf, newTally, tallyOthers, tallyReading, totalsOf } from './tally'

const NOW = 1_000_000
const reading = (outcome: Reading['outcome'], ageMs: number, originCalls: number): Reading => ({
  outcome,
  value: 1,
  steps: [],
  entry: { value: 1, version: 1, storedAt: NOW - ageMs, expiresAt: NOW },
  originCalls,
})
const tallied = (...readings: Reading[]) => {
  const tally = newTally()
  for (const each of readings) tallyReading(tally, each, NOW)
  return tally
}
const asked = (requests: number, errors = 0) => ({ requests, errors })

describe('the age of answers', () => {
  it('is that of the entries that answered, and nothing for what was loaded', () => {
    const tally = tallied(
      reading('miss', 0, 1),
      reading('hit', 3_000, 0),
      reading('stale', 12_000, 0),
      // A 304 confirms what the client holds as of now.
      reading('revalidated', 500, 1),
      { outcome: 'miss', value: undefined, steps: [], originCalls: 1 },
    )
    expect(ageOf(tally, asked(5))).toEqual({ mean: 3_000, max: 12_000 })
    expect(tally.originCalls).toBe(3)
  })

  it('does not go below nothing where the clock was set back', () => {
    expect(ageOf(tallied(reading('hit', -5_000, 0)), asked(1))).toEqual({ mean: 0, max: 0 })
  })

  it('is not known where clients answered themselves, nor of nothing', () => {
    const two = tallied(reading('miss', 0, 1), reading('miss', 0, 1))
    expect(ageOf(two, asked(3))).toBe(null)
    expect(ageOf(two, asked(3, 1))).toEqual({ mean: 0, max: 0 })
    expect(ageOf(newTally(), asked(0))).toBe(null)
    expect(ageOf(newTally(), asked(4, 4))).toBe(null)
  })
})

describe('what other processes counted', () => {
  const told = { originCalls: 2, answers: 3, ageSumMs: 40, ageMaxMs: 30 }

  it('is added, each process once, however often it tells', () => {
    const tally = tallied(reading('miss', 0, 1), reading('hit', 10, 0))
    tallyOthers(tally, 'a', { ...told, answers: 1 })
    tallyOthers(tally, 'a', told)
    tallyOthers(tally, 'b', { ...told, ageMaxMs: 5 })
    expect(totalsOf(tally)).toEqual({ originCalls: 5, answers: 8, ageSumMs: 90, ageMaxMs: 30 })
  })

  it('is kept of a hundred processes, and no more', () => {
    const tally = newTally()
    for (let n = 0; n < 150; n += 1) tallyOthers(tally, String(n), told)
    expect(tally.others.size).toBe(100)
    tallyOthers(tally, '0', { ...told, originCalls: 3 })
    expect(totalsOf(tally).originCalls).toBe(201)
  })
})
