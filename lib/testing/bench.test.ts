import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Benches, openBenches } from './bench'

let benches: Benches
beforeAll(async () => {
  benches = await openBenches()
})
afterAll(() => benches.close())

describe('a bench', () => {
  it('has a lab of its own, in which time stands still', async () => {
    const value = await benches.use(async ({ get }) => (await get('/api/slow-value?cache=memory')).text)
    await benches.use(async ({ get, advance, lab, answers }) => {
      const first = await get('/api/slow-value?cache=memory')
      expect(first).toMatchObject({ outcome: 'miss', status: 200, resource: 'slow-value', strategy: 'memory' })
      expect(first.text).not.toBe(value)
      expect(first.header('server-timing')).toMatch(/added;dur=[2-9]\d\d/)
      advance(9_999)
      expect((await get('/api/slow-value?cache=memory')).outcome).toBe('hit')
      advance(1)
      expect((await get('/api/slow-value?cache=memory')).outcome).toBe('miss')
      expect(answers.map(({ outcome }) => outcome)).toEqual(['miss', 'hit', 'miss'])
      const { counters, log, entries } = await lab()
      expect(counters).toMatchObject({ requests: 3, originCalls: 2 })
      expect(log.map(({ kind }) => kind).slice(-4)).toEqual(['expiry', 'origin', 'store', 'miss'])
      expect(entries).toHaveLength(1)
    })
  })

  it('has those who ask at the same moment wait together', () =>
    benches.use(async ({ get, lab }) => {
      const before = (await lab()).now
      await Promise.all(Array.from({ length: 10 }, () => get('/api/slow-value?cache=memory')))
      const after = await lab()
      expect(after.counters.originCalls).toBe(10)
      expect(after.now - before).toBe(200)
    }))

  it('does not idle out, however long nobody asks', () =>
    benches.use(async ({ get, advance }) => {
      await get('/api/exchange?cache=lru')
      advance(30 * 86_400_000)
      expect((await get('/api/exchange?cache=lru')).outcome).toBe('hit')
    }))

  it('runs loads while time passes', () =>
    benches.use(async ({ run, lab }) => {
      const config = {
        resource: 'slow-value',
        params: { delay: 50 },
        strategy: 'none',
        requests: 4,
        connections: 1,
      } as const
      const before = (await lab()).now
      const report = await run(config)
      expect(report).toMatchObject({ requests: 4, errors: 0, originCalls: 4 })
      const after = (await lab()).now
      expect(after - before).toBeGreaterThanOrEqual(200)
      await setTimeout(5)
      expect((await lab()).now).toBe(after)
      await expect(run({ ...config, connections: 0 })).rejects.toThrow('connections')
    }))

  it('can take Redis away, empty a tier, write, explain, and be another process or a browser', () =>
    benches.use(async (bench) => {
      const { get, patch, redis, empty, explain } = bench
      const task = '/api/tasks/7?cache=redis'
      await get(task)
      await redis('away')
      expect((await get(task)).header('cache-status')).toContain('unavailable')
      await redis('ok')
      expect((await get(task)).outcome).toBe('hit')

      const other = bench.otherProcess()
      expect((await other.get(task)).outcome).toBe('hit')
      await get('/api/tasks/7?cache=memory')
      expect((await other.get('/api/tasks/7?cache=memory')).outcome).toBe('miss')
      await empty('memory')
      expect((await get('/api/tasks/7?cache=memory')).outcome).toBe('miss')
      expect((await get(task)).outcome).toBe('hit')

      const browser = bench.browser()
      const outcomes: string[] = []
      for (let i = 0; i < 2; i += 1) outcomes.push((await browser.get('/api/tasks/7?cache=http')).outcome)
      for (let i = 0; i < 2; i += 1) outcomes.push((await browser.get('/api/tasks/7?cache=no-cache')).outcome)
      for (let i = 0; i < 2; i += 1) outcomes.push((await browser.get('/api/tasks/7?cache=none')).outcome)
      expect(outcomes).toEqual(['miss', 'hit', 'miss', 'revalidated', 'bypass', 'bypass'])

      expect((await patch('/api/tasks/7', { title: 'Renamed' })).status).toBe(200)
      expect((await get(task)).text).toContain('Renamed')
      expect((await explain({ owner: 3, plan: 'n-plus-one' })).statements).toHaveLength(2)
    }))
})
