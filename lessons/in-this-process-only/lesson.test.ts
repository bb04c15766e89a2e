import { describe, expect, it } from 'vitest'
import { systemClock } from '@/lib/reading'
import type { RedisStore } from '@/lib/redis/store'
import { exchange } from '@/lib/resources/exchange'
import { memory } from '@/lib/strategies/memory'
import { judge } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { testClaims } from '../claims'
import { keepAll } from './dictionary'
import { inThisProcess } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

/** The address of the n-th pair. */
const pair = (n: number) =>
  `/api/exchange?cache=memory&${new URLSearchParams(exchange.keys?.nth(n) as Record<string, string>)}`
const keyOf = (n: number) => exchange.key(exchange.keys?.nth(n) as { base: string; target: string })

const load = { resource: 'exchange', strategy: 'memory', requests: 400 } as const

describe('the dictionary', () => {
  it('asks once for each key, and keeps all of it', async () => {
    const asked: string[] = []
    const rateOf = keepAll(async (key) => asked.push(key))
    for (const key of ['a', 'b', 'a', 'a', 'b']) await rateOf(key)
    expect(asked).toEqual(['a', 'b'])
  })
})

testClaims('in-this-process-only', {
  'the-oldest-read-goes': async ({ get, lab }) => {
    await Promise.all(Array.from({ length: exchange.capacity }, (_, n) => get(pair(n))))
    // Read once more in order: now the first of them was read longest ago.
    for (let n = 0; n < exchange.capacity; n += 1) expect((await get(pair(n))).outcome).toBe('hit')
    const from = (await lab()).log.length

    await get(pair(exchange.capacity))
    const gone = (await lab()).log.filter(({ kind }) => kind === 'eviction')
    expect(gone.map(({ key }) => key)).toEqual([keyOf(0)])

    expect((await get(pair(0))).outcome).toBe('miss')
    const [exercise] = inThisProcess.exercises
    const evidence = (await lab()).log.slice(from).map((row) => ({ kind: 'row' as const, row }))
    expect(exercise && judge(exercise.check, evidence).status).toBe('passed')
  },

  'a-round-too-long': async ({ run, seen }) => {
    const report = await run({ ...load, connections: 10, keys: { kind: 'cycle', count: 180 } })
    expect(report).toMatchObject({ requests: 400, errors: 0, hitRate: 0, originCalls: 400 })
    expect(measured('more-keys-than-lines')(seen([report]))).toBe(0)
  },

  'the-same-by-zipf': async ({ run }) => {
    const report = await run({ ...load, connections: 10, keys: { kind: 'zipf', count: 180 } })
    expect(report.errors).toBe(0)
    expect(report.hitRate).toBeGreaterThan(0.5)
  },

  // Without the provider, which would take its time 258 times.
  'one-too-many': async () => {
    const reader = memory.create({ clock: systemClock, capacity: exchange.capacity, redis: {} as RedisStore })
    const outcomes = new Set<string>()
    for (let n = 0; n < 2 * 129; n += 1) {
      const answer = await reader.read(`pair ${n % 129}`, async () => ({ value: n, version: n }), { ttlMs: 60_000 })
      outcomes.add(answer.outcome)
    }
    expect(exchange.capacity).toBe(128)
    expect([...outcomes]).toEqual(['miss'])
  },

  'hits-by-luck': async ({ run }) => {
    const report = await run({ ...load, connections: 20, keys: { kind: 'cycle', count: 129 } })
    expect(report.errors).toBe(0)
    expect(report.outcomes.hit).toBeGreaterThan(20)
  },

  'lru-never-expires': async ({ get, advance, seen }) => {
    const first = await get('/api/exchange?cache=lru')
    await get('/api/exchange?cache=memory&ttl=5')
    advance(3_600_000)
    expect((await get('/api/exchange?cache=memory&ttl=5')).outcome).toBe('miss')
    const later = await get('/api/exchange?cache=lru')
    expect(later.outcome).toBe('hit')
    expect(later.text).toBe(first.text)
    expect(measured('a-label-without-a-date')(seen())).toBe('hit')
  },

  'a-restart-forgets': async ({ get, empty, seen }) => {
    const outcomes = []
    for (const strategy of ['memory', 'memory', 'redis', 'redis']) {
      outcomes.push((await get(`/api/exchange?cache=${strategy}&ttl=300`)).outcome)
    }
    await empty('memory')
    for (const strategy of ['memory', 'redis']) {
      outcomes.push((await get(`/api/exchange?cache=${strategy}&ttl=300`)).outcome)
    }
    expect(outcomes).toEqual(['miss', 'hit', 'miss', 'hit', 'miss', 'hit'])
    expect(measured('after-a-restart')(seen())).toBe('redis')
  },

  'workers-do-not-share': async ({ get, otherProcess }) => {
    const other = otherProcess()
    for (const strategy of ['memory', 'redis']) await get(`/api/tasks/1?cache=${strategy}`)
    expect((await get('/api/tasks/1?cache=memory')).outcome).toBe('hit')
    expect((await other.get('/api/tasks/1?cache=memory')).outcome).toBe('miss')
    expect((await other.get('/api/tasks/1?cache=redis')).outcome).toBe('hit')
  },
})
