import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { systemClock } from '@/lib/reading'
import { openRedis } from '@/lib/redis/client'
import { redisStore } from '@/lib/redis/store'
import type { Report } from '@/lib/runs/report'
import { redis as redisStrategy } from '@/lib/strategies/redis'
import { type Benches, openBenches, type Bench as ServerBench } from '@/lib/testing/bench'
import { judge } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { redisShared } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

const client = openRedis(inject('services').redis)
afterAll(() => client.close())

/** What the lab of a bench keeps of its tasks in Redis. */
async function storeOf({ get }: Bench) {
  const { lab } = (await get('/api/lab')).body as { lab: string }
  return redisStore(client, `hitrate:lab:${lab}:redis:tasks/{id}:`)
}

const hits = ({ run }: Bench, strategy: 'none' | 'memory' | 'redis', requests = 300) =>
  run({ resource: 'tasks/{id}', strategy, requests, connections: 1 })

const crowd = ({ run }: Bench) => run({ resource: 'tasks/{id}', strategy: 'redis', requests: 500, connections: 20 })

/** Whether an exercise is passed by what the lab did. */
async function passed(id: string, { lab }: ServerBench): Promise<boolean> {
  const exercise = redisShared.exercises.find((each) => each.id === id)
  if (!exercise) throw new Error(`there is no exercise ${id}`)
  const evidence = (await lab()).log.map((row) => ({ kind: 'row' as const, row }))
  return judge(exercise.check, evidence).status === 'passed'
}

testClaims('redis-shared-by-all', {
  'nonsense-is-a-miss': async (bench) => {
    const store = await storeOf(bench)
    await bench.get('/api/tasks/5?cache=redis')
    await store.set('tasks/5', '{"value": {"id": 5', 120_000, Date.UTC(2100, 0))
    const answer = await bench.get('/api/tasks/5?cache=redis')
    expect(answer).toMatchObject({ status: 200, outcome: 'miss', body: { id: 5 } })
    expect(answer.header('cache-status')).toContain('detail=unparsable')
  },

  'memory-is-nearer': async (bench) => {
    const reports = [await hits(bench, 'memory'), await hits(bench, 'redis')]
    expect(measured('as-fast-as-memory')(bench.seen(reports))).toBeGreaterThan(2)
  },

  'the-round-trip-hides-it': async (bench) => {
    const memory = await hits(bench, 'memory')
    const redis = await hits(bench, 'redis')
    const ratio = (figure: (report: Report) => number) => figure(redis) / figure(memory)
    expect(ratio(({ latencyMs }) => latencyMs.p50)).toBeLessThan(ratio(({ handlerMs }) => handlerMs?.p50 ?? 0))
  },

  'it-saves-the-queries': async (bench) => {
    expect((await hits(bench, 'none', 1_000)).originCalls).toBe(1_000)
    expect((await hits(bench, 'redis', 1_000)).originCalls).toBe(1)
  },

  'a-404-is-not-kept': async ({ get, lab, seen }) => {
    for (const id of [999_999, 999_999]) {
      expect(await get(`/api/tasks/${id}?cache=redis`)).toMatchObject({ status: 404, outcome: 'miss' })
    }
    expect((await lab()).counters.originCalls).toBe(2)
    expect(measured('a-task-that-is-not-there')(seen())).toBe('miss')
  },

  'answers-go-on': async (bench) => {
    await bench.redis('away')
    const report = await crowd(bench)
    expect(report).toMatchObject({ requests: 500, errors: 0, outcomes: { miss: 500 } })
    expect((await bench.get('/api/tasks/1?cache=redis')).header('cache-status')).toContain('detail=unavailable')
    expect(measured('redis-away')(bench.seen([report]))).toBe('misses')
  },

  'the-database-gets-it-all': async (bench) => {
    const before = await crowd(bench)
    expect(before.originCalls).toBeLessThanOrEqual(20)
    expect(measured('redis-away')(bench.seen([before]))).toBeUndefined()
    await bench.redis('away')
    expect((await crowd(bench)).originCalls).toBe(500)
  },

  'the-gap-that-remains': async (bench) => {
    const { get, patch, advance } = bench
    const path = '/api/tasks/7?cache=redis&ttl=120'
    // A reader of this lab on the real strategy, held up between its load and its store.
    const { now } = await bench.lab()
    const reader = redisStrategy.create({
      clock: { ...systemClock, now: () => now },
      capacity: 1,
      redis: await storeOf(bench),
    })
    const slow = await reader.read(
      'tasks/7',
      async () => {
        const old = (await get('/api/tasks/7?cache=none')).body as { title: string; version: number }
        await patch('/api/tasks/7', { title: 'Renamed meanwhile' })
        return { value: old, version: old.version }
      },
      { ttlMs: 120_000 },
    )
    const kept = await get(path)
    expect(kept.outcome).toBe('hit')
    expect(kept.body).toEqual(slow.value)
    advance(120_001)
    expect(await get(path)).toMatchObject({ outcome: 'miss', body: { title: 'Renamed meanwhile' } })
  },
})

describe('the exercises', () => {
  let benches: Benches
  beforeAll(async () => {
    benches = await openBenches()
  })
  afterAll(() => benches.close())

  it('follow-along is passed by a header, a miss and a hit', () =>
    benches.use(async (bench) => {
      await bench.get('/api/public/config')
      await bench.get('/api/tasks/3?cache=redis')
      expect(await passed('follow-along', bench)).toBe(false)
      await bench.get('/api/tasks/3?cache=redis')
      expect(await passed('follow-along', bench)).toBe(true)
    }))

  // For a minute Redis still has the entry, so that the log can tell of its end; later there is none.
  it.each([5_001, 300_000])('after-the-ttl is passed by a miss, a hit, and a miss %i ms later', (ms) =>
    benches.use(async (bench) => {
      const path = '/api/tasks/3?cache=redis&ttl=5'
      await bench.get(path)
      await bench.get(path)
      bench.advance(ms)
      expect(await passed('after-the-ttl', bench)).toBe(false)
      await bench.get(path)
      expect(await passed('after-the-ttl', bench)).toBe(true)
    }),
  )

  it('invalidate-by-writing is passed by a read, a write and a miss', () =>
    benches.use(async (bench) => {
      const path = '/api/tasks/42?cache=redis&ttl=120'
      await bench.get(path)
      await bench.patch(path, { status: 'done' })
      expect(await passed('invalidate-by-writing', bench)).toBe(false)
      await bench.get(path)
      expect(await passed('invalidate-by-writing', bench)).toBe(true)
    }))
})
