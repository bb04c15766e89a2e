import { expect } from 'vitest'
import { experimentById } from '..'
import { testClaims } from '../claims'

const measured = (id: string) => experimentById(id).definition.predict.measure

/** The load of the lesson's second experiment. */
const load = { resource: 'slow-value', ttl: 10, requests: 1_000, connections: 20 } as const

testClaims('same-value-for-ten-seconds', {
  'none-is-new-each-time': async ({ get }) => {
    const [one, other] = [await get('/api/slow-value?cache=none'), await get('/api/slow-value?cache=none')]
    expect([one.outcome, other.outcome]).toEqual(['bypass', 'bypass'])
    expect(other.text).not.toBe(one.text)
  },

  'a-hit-is-the-same-value': async ({ get }) => {
    const [one, other] = [await get('/api/slow-value?cache=memory'), await get('/api/slow-value?cache=memory')]
    expect([one.outcome, other.outcome]).toEqual(['miss', 'hit'])
    expect(other.text).toBe(one.text)
  },

  'expiry-origin-store': async ({ get, advance, lab, seen }) => {
    for (let i = 0; i < 2; i += 1) await get('/api/slow-value?cache=memory&ttl=10')
    advance(10_000)
    const before = (await lab()).log.length
    await get('/api/slow-value?cache=memory&ttl=10')
    const kinds = (await lab()).log.slice(before).map(({ kind }) => kind)
    expect(kinds).toEqual(['expiry', 'origin', 'store', 'miss'])
    expect(measured('when-the-origin-works')(seen())).toBe('miss')
  },

  'the-next-request-pays': async ({ get, advance, lab }) => {
    await get('/api/slow-value?cache=memory&ttl=10')
    advance(600_000)
    const later = await lab()
    expect(later.counters.originCalls).toBe(1)
    expect(later.entries).toEqual([expect.objectContaining({ key: 'slow-value' })])
    expect(later.entries[0]?.expiresAt).toBeLessThan(later.now)

    expect((await get('/api/slow-value?cache=memory&ttl=10')).outcome).toBe('miss')
    expect((await lab()).counters.originCalls).toBe(2)
  },

  'no-http-cache-may-keep-it': async ({ get, browser, lab }) => {
    expect((await get('/api/slow-value?cache=memory')).header('cache-control')).toBe('no-store')
    const reader = browser()
    const before = (await lab()).counters.requests
    for (let i = 0; i < 3; i += 1) await reader.get('/api/slow-value?cache=memory')
    expect((await lab()).counters.requests - before).toBe(3)
  },

  'none-calls-once-each': async ({ run }) => {
    const report = await run({ ...load, strategy: 'none', requests: 100 })
    expect(report).toMatchObject({ requests: 100, errors: 0, originCalls: 100, hitRate: 0 })
  },

  'nearly-all-are-hits': async ({ run }) => {
    for (const strategy of ['memory', 'redis', 'http'] as const) {
      // A minute, so that a slow machine has no more rounds of work in it than a fast one.
      const report = await run({ ...load, strategy, ttl: 60 })
      expect(report.errors, strategy).toBe(0)
      expect(report.hitRate, strategy).toBeGreaterThan(0.9)
      expect(report.originCalls, strategy).toBeLessThan(100)
    }
  },

  'the-first-come-too-early': async ({ run, seen }) => {
    const alone = await run({ ...load, strategy: 'memory', requests: 20, connections: 1, ttl: 600 })
    expect(alone.originCalls).toBe(1)
    const crowd = await run({ ...load, strategy: 'memory', ttl: 600 })
    expect(crowd.originCalls).toBeGreaterThan(1)
    expect(crowd.originCalls).toBeLessThanOrEqual(load.connections)
    expect(crowd.outcomes.miss).toBe(crowd.originCalls)
    expect(measured('a-thousand-requests')(seen([alone, crowd]))).toBe(crowd.originCalls)
  },

  'two-things-in-one-run': async ({ run }) => {
    const { outcomes, handlerMs, latencyMs } = await run({ ...load, strategy: 'memory' })
    expect(outcomes.hit).toBeGreaterThan(outcomes.miss)
    expect((handlerMs?.max ?? 0) / (handlerMs?.p50 ?? 0)).toBeGreaterThan(20)
    expect(latencyMs.max).toBeGreaterThan(latencyMs.p50)
  },

  'the-rest-is-the-way': async ({ run }) => {
    const { handlerMs, latencyMs } = await run({ ...load, strategy: 'memory', connections: 1, requests: 300 })
    expect(latencyMs.p50 / (handlerMs?.p50 ?? Number.NaN)).toBeGreaterThan(3)
  },

  'a-hit-of-its-own-costs-no-request': async ({ run, lab }) => {
    const { outcomes } = await run({ ...load, strategy: 'http' })
    expect(outcomes.hit).toBeGreaterThan(900)
    expect((await lab()).counters.requests).toBe(load.requests - outcomes.hit)
  },

  'a-304-has-no-body': async ({ get }) => {
    const path = '/api/public/config?cache=http'
    const again = await get(path, { headers: { 'if-none-match': (await get(path)).header('etag') } })
    expect(again).toMatchObject({ status: 304, outcome: 'revalidated', text: '' })
  },

  'a-new-value-comes-whole': async ({ get, advance }) => {
    const path = '/api/slow-value?cache=http&ttl=10'
    const first = await get(path)
    expect(first.header('cache-control')).toBe('public, max-age=10')
    advance(10_000)
    const second = await get(path, { headers: { 'if-none-match': first.header('etag') } })
    expect(second).toMatchObject({ status: 200, outcome: 'miss' })
    expect(second.text.length).toBe(first.text.length)
    expect(second.text).not.toBe(first.text)
  },

  'either-way-the-origin-worked': async ({ get, lab }) => {
    for (const path of ['/api/public/config?cache=http', '/api/slow-value?cache=http']) {
      const etag = (await get(path)).header('etag')
      const before = (await lab()).counters.originCalls
      await get(path, { headers: { 'if-none-match': etag } })
      expect((await lab()).counters.originCalls - before, path).toBe(1)
    }
  },
})
