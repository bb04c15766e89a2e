import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Evidence } from '@/lib/checks/check'
import { systemClock } from '@/lib/reading'
import { openRedis } from '@/lib/redis/client'
import { redisStore } from '@/lib/redis/store'
import type { Report } from '@/lib/runs/report'
import { type StrategyId, strategyById } from '@/lib/strategies'
import { type Benches, openBenches } from '@/lib/testing/bench'
import { judge, rows } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { whenItChanges } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

const client = openRedis(inject('services').redis)
afterAll(() => client.close())

/** The first experiment's runs, shorter, and each made once for all that is said of it: twenty writes come in a TTL. */
const often: Partial<Record<StrategyId, Promise<Report>>> = {}
function writtenOften({ run }: Bench, strategy: StrategyId): Promise<Report> {
  often[strategy] ??= run({
    resource: 'tasks/{id}',
    strategy,
    ttl: 2,
    mode: 'open',
    rate: 100,
    durationMs: 4_000,
    connections: 10,
    writes: 0.1,
  })
  return often[strategy]
}

/** The second's: one connection, so that each request comes after the answer to the one before. */
const byWorkers = ({ run }: Bench, strategy: StrategyId, workers: number) =>
  run({
    resource: 'tasks/{id}',
    strategy,
    ttl: 60,
    requests: 1_000,
    connections: 1,
    writes: 0.1,
    host: 'workers',
    workers,
  })

/**
 * A reader of this lab on the real strategy and the real Redis, that a write overtakes between its load and its store.
 * `read` and `written` are addresses of the app, without their strategy.
 */
async function overtaken(
  { get, patch, lab }: Bench,
  strategy: StrategyId,
  { resource, key, read, written }: { resource: string; key: string; read: string; written: string },
) {
  const { lab: name } = (await get('/api/lab')).body as { lab: string }
  const reader = strategyById(strategy)?.create({
    clock: { ...systemClock, now: () => now },
    capacity: 1,
    redis: redisStore(client, `hitrate:lab:${name}:${strategy}:${resource}:`),
  })
  const { now } = await lab()
  const query = `cache=${strategy}&ttl=60`
  const slow = await reader?.read(
    key,
    async () => {
      const old = await get(`${read}cache=none`)
      const wrote = await patch(`${written}?${query}`, { title: 'Renamed meanwhile' })
      expect(wrote.status).toBe(200)
      return { value: old.body, version: Number(old.header('x-version')) }
    },
    { ttlMs: 60_000 },
  )
  const later = await get(`${read}${query}`)
  return { slow, later }
}
const TASK = { resource: 'tasks/{id}', key: 'tasks/7', read: '/api/tasks/7?', written: '/api/tasks/7' }

testClaims('when-the-value-changes', {
  'far-more-than-one-in-ten': async (bench) => {
    const report = await writtenOften(bench, 'redis-ttl-only')
    expect(measured('one-write-in-ten')(bench.seen([report]))).toBeGreaterThan(50)
  },

  'wrong-for-a-ttl': async (bench) => {
    const { stale, config, latencyMs } = await writtenOften(bench, 'redis-ttl-only')
    expect(stale?.ageMs.max).toBeGreaterThan(600)
    expect(stale?.ageMs.max).toBeLessThan(config.ttl * 1_000 + 2 * latencyMs.max)
  },

  'a-delete-helps': async (bench) => {
    const { stale } = await writtenOften(bench, 'redis')
    expect(stale?.rate).toBeLessThan(0.1)
  },

  'a-delete-costs-hits': async (bench) => {
    const alone = await writtenOften(bench, 'redis-ttl-only')
    const deleting = await writtenOften(bench, 'redis')
    expect(deleting.originCalls).toBeGreaterThan(2 * alone.originCalls)
    expect(deleting.hitRate).toBeLessThan(alone.hitRate)
  },

  'through-keeps-hits': async (bench) => {
    const deleting = await writtenOften(bench, 'redis')
    const through = await writtenOften(bench, 'redis-write-through')
    expect(1 - through.hitRate).toBeLessThan((1 - deleting.hitRate) / 2)
    expect(through.stale?.rate).toBeLessThan(0.1)
  },

  'lists-are-deleted': async ({ get, patch, lab }) => {
    const { tasks } = (await get('/api/tasks?owner=7&cache=none')).body as { tasks: { id: number }[] }
    for (const strategy of ['redis', 'redis-write-through', 'redis-versioned'] as const) {
      const list = `/api/tasks?owner=7&cache=${strategy}&ttl=60`
      await get(list)
      await patch(`/api/tasks/${tasks[0]?.id}?cache=${strategy}&ttl=60`, { status: 'done' })
      const kept = (await lab()).entries.filter((entry) => entry.strategy === strategy && entry.resource === 'tasks')
      expect(kept, strategy).toEqual([])
      expect((await get(list)).outcome, strategy).toBe('miss')
    }
  },

  'about-half': async (bench) => {
    const share = measured('which-memory')(bench.seen([await byWorkers(bench, 'memory', 2)]))
    expect(share).toBeGreaterThan(35)
    expect(share).toBeLessThan(60)
  },

  'redis-none': async (bench) => {
    const report = await byWorkers(bench, 'redis', 2)
    expect(report.stale?.requests).toBe(0)
    expect(measured('which-memory')(bench.seen([report]))).toBeUndefined()
  },

  'one-memory-none': async (bench) => {
    const report = await byWorkers(bench, 'memory', 1)
    expect(report.stale?.requests).toBe(0)
    expect(measured('which-memory')(bench.seen([report]))).toBeUndefined()
  },

  'back-after-the-delete': async (bench) => {
    const { slow, later } = await overtaken(bench, 'redis', TASK)
    expect(later).toMatchObject({ outcome: 'hit', body: slow?.value })
    bench.advance(59_000)
    expect((await bench.get('/api/tasks/7?cache=redis&ttl=60')).body).toEqual(slow?.value)
    bench.advance(1_001)
    expect(await bench.get('/api/tasks/7?cache=redis&ttl=60')).toMatchObject({
      outcome: 'miss',
      body: { title: 'Renamed meanwhile' },
    })
    expect(measured('overtaken')(bench.seen([], { 'behind:redis': 1 }))).toBe('old')
    expect(measured('overtaken')(bench.seen([], { 'behind:redis': 0 }))).toBe('new')
    expect(measured('overtaken')(bench.seen([], { 'behind:memory': 1 }))).toBeUndefined()
  },

  'through-is-overwritten': async (bench) => {
    const { slow, later } = await overtaken(bench, 'redis-write-through', TASK)
    expect(later).toMatchObject({ outcome: 'hit', body: slow?.value })
    const stores = (await bench.lab()).log.filter(
      ({ kind, strategy }) => kind === 'store' && strategy === 'redis-write-through',
    )
    expect(stores, 'the write stored the new row').toHaveLength(1)
  },

  refused: async (bench) => {
    const { slow, later } = await overtaken(bench, 'redis-versioned', TASK)
    expect(slow?.steps.map(({ result }) => result)).toContain('refused')
    expect(later).toMatchObject({ outcome: 'miss', body: { title: 'Renamed meanwhile' } })
  },

  'memory-races-too': async (bench) => {
    const { get, patch } = bench
    const reader = strategyById('memory')?.create({
      clock: systemClock,
      capacity: 1,
      redis: redisStore(client, 'not-asked:'),
    })
    const load = async () => {
      const old = await get('/api/tasks/7?cache=none')
      await patch('/api/tasks/7', { title: 'Renamed meanwhile' })
      // The app tells the readers of its own; this one is told as it would be.
      await reader?.onWrite('tasks/7', {})
      return { value: old.body, version: 1 }
    }
    const slow = await reader?.read('tasks/7', load, { ttlMs: 60_000 })
    const later = await reader?.read('tasks/7', load, { ttlMs: 60_000 })
    expect(later).toMatchObject({ outcome: 'hit', value: slow?.value })
  },

  'the-browser-keeps-it': async ({ browser, patch }) => {
    const { get } = browser()
    const path = '/api/tasks/7?cache=http&ttl=60'
    const version = async () => (await get(path)).version
    const before = await version()
    expect(before).toBe(1)
    await patch('/api/tasks/7', { title: 'Renamed meanwhile' })
    expect(await version()).toBe(before)
  },
})

describe('the exercise', () => {
  let benches: Benches
  beforeAll(async () => {
    benches = await openBenches()
  })
  afterAll(() => benches.close())

  it('is passed by an old answer after a write, and by a store that was refused', () =>
    benches.use(async ({ get, patch, lab }) => {
      const exercise = whenItChanges.exercises[0]
      if (!exercise) throw new Error('the lesson has an exercise')
      const verdict = async (more: readonly Evidence[] = []) => {
        const did = (await lab()).log.map((row) => ({ kind: 'row' as const, row }))
        return judge(exercise.check, [...did, ...more])
      }
      const path = '/api/tasks/3?cache=redis-ttl-only&ttl=60'
      await get(path)
      const { version } = (await patch(path, { status: 'done' })).body as { version: number }
      expect(Number((await get(path)).header('x-version'))).toBe(version - 1)
      expect((await verdict()).goals.map(({ done }) => done)).toEqual([true, true, true, false])
      const refusal = rows(1_000, { kind: 'refusal', tier: 'redis', strategy: 'redis-versioned' })
      expect((await verdict(refusal)).status).toBe('passed')
    }))
})
