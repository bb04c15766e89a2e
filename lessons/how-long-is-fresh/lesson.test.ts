import { expect, it } from 'vitest'
import type { Report } from '@/lib/runs/report'
import { judge, report } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { howLong } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

/**
 * A task at random moments, over one connection: a miss keeps the others waiting, so that none of them misses, too.
 * @param ttl seconds. @param rate requests a second.
 */
const open = ({ run }: Bench, ttl: number, rate: number, durationMs = 1_500) =>
  run({ resource: 'tasks/{id}', strategy: 'memory', ttl, mode: 'open', rate, durationMs, connections: 1 })

/** λT of what the sweep measures, the same here in less time: at four times the rate, a quarter of the TTL will do. */
const SWEEP = [
  { ttl: 0.1, rate: 40 },
  { ttl: 0.25, rate: 40 },
  { ttl: 0.25, rate: 160 },
  { ttl: 0.5, rate: 160 },
] as const

/** What the panel of the frontier adds to each fetch. */
const SLOW_MS = 50

/** The sweep, made once for all that is said of it. */
let sweep: Promise<Report[]> | undefined
const swept = (bench: Bench) => (sweep ??= measureAll(bench))
async function measureAll(bench: Bench): Promise<Report[]> {
  const reports = []
  for (const { ttl, rate } of SWEEP) reports.push(await open(bench, ttl, rate))
  return reports
}

/** The ends of the frontier, and its turn: as the panel measures them, each for as long as its TTL takes to show. */
const FRONTIER = [
  { ttl: 0.1, durationMs: 2_000 },
  { ttl: 0.5, durationMs: 3_000 },
  { ttl: 2, durationMs: 6_000 },
] as const

/** The frontier, measured once for all that is said of it. */
let frontier: Promise<Report[]> | undefined
const alongFrontier = (bench: Bench) => (frontier ??= measureFrontier(bench))
async function measureFrontier({ run }: Bench): Promise<Report[]> {
  const reports = []
  for (const { ttl, durationMs } of FRONTIER) {
    const load = { mode: 'open', rate: 40, durationMs, connections: 20, writes: 0.1, warmupMs: 1_000 } as const
    reports.push(
      await run({ resource: 'tasks/{id}', params: { slow: SLOW_MS }, strategy: 'redis-ttl-only', ttl, ...load }),
    )
  }
  return reports
}

testClaims('how-long-is-fresh', {
  'one-point-more': async (bench) => {
    const [shortest = 0, short = 0, one = 0, two = 0] = (await swept(bench)).map(({ hitRate }) => hitRate * 100)
    const rise = measured('double-the-ttl')(bench.seen([], { 'hitRate@1': one, 'hitRate@2': two }))
    expect(rise).toBeGreaterThan(0)
    expect(rise).toBeLessThan(4)
    expect(short - shortest).toBeGreaterThan(two - one)
  },

  'twice-as-old': async (bench) => {
    const [, , one, two] = (await swept(bench)).map(({ ageMs }) => ageMs?.mean ?? 0)
    const older = (two ?? 0) / (one ?? 1)
    expect(older).toBeGreaterThan(1.4)
    expect(older).toBeLessThan(2.8)
  },

  'near-the-curve': async (bench) => {
    for (const { hitRate, config } of await swept(bench)) {
      const hits = (config.rate ?? 0) * config.ttl
      expect(Math.abs(hitRate - hits / (1 + hits))).toBeLessThan(0.12)
    }
  },

  'a-call-a-ttl': async (bench) => {
    const few = await open(bench, 0.5, 40)
    const many = await open(bench, 0.5, 400)
    expect(many.requests).toBeGreaterThan(5 * few.requests)
    for (const { originCalls, durationMs } of [few, many]) {
      expect(originCalls).toBeLessThanOrEqual(1 + durationMs / 500)
    }
  },

  'at-most-a-ttl': async (bench) => {
    for (const { ageMs, config, hitRate, handlerMs } of await swept(bench)) {
      const ttlMs = config.ttl * 1000
      // The age is that of the response, which is later than the lookup by at most the time in the handler.
      expect(ageMs?.max).toBeLessThanOrEqual(ttlMs + (handlerMs?.max ?? 0) + 1)
      expect(ageMs?.max).toBeGreaterThan(0.5 * ttlMs)
      const ofHits = (ageMs?.mean ?? 0) / hitRate
      expect(ofHits).toBeGreaterThan(0.25 * ttlMs)
      expect(ofHits).toBeLessThan(0.75 * ttlMs)
    }
  },

  'two-rates-at-once': async ({ get, advance, seen }) => {
    // The provider lives by the real time of day. Near the turn of a swing a rate stands still; not all do at once.
    const came = new Set()
    for (const target of ['KRW', 'EUR', 'JPY']) {
      const rate = (cache: string) => get(`/api/exchange?target=${target}&cache=${cache}&ttl=30`)
      await rate('memory')
      advance(10_000)
      for (let i = 0; i < 4 && !came.has('other'); i += 1) {
        const kept = await rate('memory')
        expect(kept.outcome).toBe('hit')
        expect(Number(/; ttl=(\d+)/.exec(kept.header('cache-status'))?.[1])).toBeGreaterThan(0)
        await rate('none')
        came.add(measured('fresh-and-wrong')(seen()))
      }
    }
    expect(came).toContain('other')
  },

  'a-write-crosses-out': async ({ get, patch }) => {
    const path = '/api/tasks/7?cache=memory&ttl=3600'
    await get(path)
    expect((await get(path)).outcome).toBe('hit')
    await patch('/api/tasks/7', { title: 'Renamed' })
    expect(await get(path)).toMatchObject({ outcome: 'miss', body: { title: 'Renamed' } })
  },

  'time-is-bought-soon': async (bench) => {
    // In the handler: on a busy machine the round trip has more noise than there is to see.
    const [shortest = 0, turn = 0, longest = 0] = (await alongFrontier(bench)).map(({ handlerMs }) => handlerMs?.mean)
    expect(shortest - turn).toBeGreaterThan(turn - longest)
    expect(shortest).toBeGreaterThan(turn)
  },

  'truth-is-lost-on': async (bench) => {
    const [shortest = 1, turn = 0, longest = 0] = (await alongFrontier(bench)).map(({ stale }) => stale?.rate)
    expect(shortest).toBeGreaterThan(0.03)
    expect(shortest).toBeLessThan(0.33)
    expect(turn).toBeGreaterThan(shortest + 0.1)
    expect(longest).toBeGreaterThan(turn)
    const seen = measured('latency-against-staleness')(bench.seen([], { 'stale@2': longest * 100 }))
    expect(seen).toBeGreaterThan(65)
  },

  'no-longer-than-a-ttl': async (bench) => {
    for (const { stale, config, latencyMs } of await alongFrontier(bench)) {
      // The TTL starts when the row is stored, so the fetch comes on top, and so does the response to the last reader.
      expect(stale?.ageMs.max).toBeLessThan(config.ttl * 1000 + 2 * latencyMs.max)
    }
    const [, , longest] = await alongFrontier(bench)
    expect(longest?.stale?.ageMs.max).toBeGreaterThan(800)
  },

  'a-sixth': async (bench) => {
    const [single] = (await swept(bench)).slice(-1)
    const spread = await bench.run({
      resource: 'tasks/{id}',
      strategy: 'memory',
      ttl: 0.5,
      mode: 'open',
      rate: 80,
      durationMs: 2_000,
      connections: 4,
      keys: { kind: 'uniform', count: 200 },
    })
    expect(measured('spread-thin')(bench.seen([spread]))).toBeLessThan(33)
    expect(single?.hitRate).toBeGreaterThan(0.9)
  },
})

it('passes a TTL that holds, and fails one that is too long, too short, or not measured', () => {
  const check = howLong.exercises[0]?.check
  if (!check) throw new Error('there is an exercise')
  const load = (over: Partial<Report>) =>
    report(over, { resource: 'tasks/{id}', mode: 'open', rate: 40, requests: undefined, durationMs: 5_000 })
  const old = { mean: 2_500, max: 4_980 }
  expect(judge(check, load({ ageMs: { mean: 700, max: 1_490 }, originCalls: 4 })).status).toBe('passed')
  expect(judge(check, load({ ageMs: old })).broken?.found).toContain('an oldest answer of 4.98 s')
  expect(judge(check, load({ hitRate: 0.8 })).broken?.found).toContain('a hit rate of 80.0 %')
  expect(judge(check, load({ originCalls: 21 })).broken?.found).toContain('21 calls to the origin')
  expect(judge(check, load({ ageMs: null })).broken?.found).toContain('whose age nobody knows')
  expect(judge(check, report()).status).toBe('open')
})
