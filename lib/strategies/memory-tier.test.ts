import { expect, it } from 'vitest'
import { NEVER } from '../reading'
import { openMemoryTier } from './memory-tier'

/** An entry stored at noon for a minute, and a clock of which each half can be moved alone. */
function stored(expiresAt = 60_000) {
  const time = { now: 0, steady: 0 }
  const clock = { now: () => time.now, elapsed: () => time.steady, steady: () => time.steady }
  const { cache, upkeep } = openMemoryTier(2, clock)
  cache.set('key', { value: 1, version: 1, storedAt: 0, expiresAt })
  const left = () => (cache.get('key')?.expiresAt ?? Number.NaN) - time.now
  return { time, cache, left, list: async () => (await upkeep.entries(1)).entries }
}

it('ages by the time of day while the machine sleeps', () => {
  const { time, left } = stored()
  Object.assign(time, { now: 50_000, steady: 1_000 })
  expect(left()).toBe(10_000)
})

it('ages by the steady clock where the time of day was set back', async () => {
  const { time, left, list } = stored()
  Object.assign(time, { now: -3_600_000, steady: 50_000 })
  expect(left()).toBe(10_000)
  expect(await list()).toMatchObject([{ storedAt: -3_650_000, expiresAt: -3_590_000 }])
  time.steady = 60_000
  expect(left()).toBe(0)
})

it('gives the very entry where both agree', () => {
  const { time, cache } = stored()
  const entry = cache.get('key')
  Object.assign(time, { now: 30_000, steady: 30_000.9 })
  expect(cache.get('key')).toBe(entry)
})

it('has no expiry time for what never expires, whatever the clocks say', () => {
  const { time, cache } = stored(NEVER)
  Object.assign(time, { now: -1_000, steady: 1_000 })
  expect(cache.get('key')?.expiresAt).toBe(NEVER)
})
