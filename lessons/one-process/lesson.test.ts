import { expect, it, vi } from 'vitest'
import type { Report } from '@/lib/runs/report'
import { command, judge, report } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { oneProcess } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

const CONNECTIONS = [1, 10, 50]
/** A worker that died is there again within this time, on a slow machine as well. */
const REPLACED = { timeout: 60_000, interval: 50 }

/** The runs of the experiment, made once for all that is said of them. */
let runs: Promise<Report[]> | undefined
const hits = (bench: Bench) => (runs ??= load(bench))
async function load({ run }: Bench): Promise<Report[]> {
  const reports = []
  for (const connections of CONNECTIONS) {
    reports.push(
      await run({
        resource: 'tasks/{id}',
        strategy: 'memory',
        ttl: 600,
        requests: connections === 1 ? 200 : 600,
        connections,
        warmupMs: 200,
      }),
    )
  }
  return reports
}

/** The load of the second experiment, on so many workers. */
const twice = ({ run }: Bench, workers: number, strategy: 'memory' | 'redis') =>
  run({
    resource: 'tasks/{id}',
    strategy,
    requests: 400,
    connections: 10,
    keys: { kind: 'cycle', count: 200 },
    host: 'workers',
    workers,
  })

testClaims('one-process', {
  'no-more-throughput': async (bench) => {
    expect(measured('more-connections')(bench.seen(await hits(bench)))).toBeLessThan(2)
  },

  'latency-instead': async (bench) => {
    const [, ten, fifty] = await hits(bench)
    expect(fifty?.latencyMs.p50).toBeGreaterThan(2 * (ten?.latencyMs.p50 ?? Number.POSITIVE_INFINITY))
  },

  'connections-are-the-product': async (bench) => {
    for (const { throughput, latencyMs, config } of await hits(bench)) {
      const product = (throughput * latencyMs.mean) / 1000
      expect(product).toBeGreaterThan(0.7 * config.connections)
      expect(product).toBeLessThan(1.1 * config.connections)
    }
  },

  'mostly-not-the-handler': async (bench) => {
    for (const { handlerMs, latencyMs, hitRate } of await hits(bench)) {
      expect(hitRate).toBe(1)
      expect(handlerMs?.p50).toBeLessThan(latencyMs.p50 / 2)
    }
  },

  'half-of-the-half': async (bench) => {
    expect((await twice(bench, 1, 'memory')).hitRate).toBeCloseTo(0.5, 1)
    const two = await twice(bench, 2, 'memory')
    const said = measured('two-memories')(bench.seen([two]))
    // The seed draws the worker of each request, so it is as often a quarter as a coin falls on the same side twice.
    expect(said).toBeGreaterThan(18)
    expect(said).toBeLessThan(32)
    const four = await twice(bench, 4, 'memory')
    expect(four.hitRate).toBeGreaterThan(0.07)
    expect(four.hitRate).toBeLessThan(0.18)
  },

  'redis-stays': async (bench) => {
    for (const workers of [2, 4]) expect((await twice(bench, workers, 'redis')).hitRate).toBeCloseTo(0.5, 1)
  },

  'the-other-stays-old': async (bench) => {
    const path = '/api/tasks/7?cache=memory&ttl=3600'
    const [one, other] = [bench.at('worker-1'), bench.at('worker-2')]
    for (const worker of [one, other]) await worker.get(path)
    await one.patch('/api/tasks/7?cache=memory', { title: 'Renamed' })
    expect(await one.get(path)).toMatchObject({ outcome: 'miss', body: { title: 'Renamed' } })
    const old = await other.get(path)
    expect(old.outcome).toBe('hit')
    expect(old.body).not.toMatchObject({ title: 'Renamed' })
  },

  'a-crash-forgets': async (bench) => {
    const worker = bench.at('worker-1')
    for (const strategy of ['memory', 'redis']) {
      await worker.get(`/api/tasks/1?cache=${strategy}`)
      expect((await worker.get(`/api/tasks/1?cache=${strategy}`)).outcome).toBe('hit')
    }
    const died = (await worker.get('/api/tasks/1?cache=memory')).header('x-worker')
    expect((await bench.get('/api/workers/1/crash', { method: 'POST' })).status).toBe(204)
    const memory = await vi.waitFor(async () => {
      const answer = await worker.get('/api/tasks/1?cache=memory')
      expect(answer.header('x-worker')).not.toBe(died)
      return answer
    }, REPLACED)
    expect(memory.outcome).toBe('miss')
    expect((await worker.get('/api/tasks/1?cache=redis')).outcome).toBe('hit')
  },

  'redis-shows': async (bench) => {
    // In turns, and the quickest run of each: what else this machine does only ever adds.
    const quickest = new Map<string, Report>()
    for (const strategy of ['memory', 'redis', 'memory', 'redis', 'memory', 'redis'] as const) {
      const report = await bench.run({
        resource: 'tasks/{id}',
        strategy,
        ttl: 600,
        requests: 600,
        connections: 1,
        warmupMs: 300,
        host: 'workers',
        workers: 1,
      })
      const before = quickest.get(strategy)
      if (!before || report.latencyMs.p50 < before.latencyMs.p50) quickest.set(strategy, report)
    }
    const times = measured('what-the-framework-hides')(bench.seen([...quickest.values()]))
    expect(times).toBeGreaterThan(1)
    expect(times).toBeLessThan(10)
  },
})

it('passes a tuning that comes with a run, and fails a benchmark in its place', () => {
  const check = oneProcess.exercises[0]?.check
  if (!check) throw new Error('there is an exercise')
  expect(judge(check, report(), command('uvicorn app:app --loop uvloop')).status).toBe('passed')
  expect(judge(check, report({ hitRate: 0.5 })).broken?.found).toContain('a hit rate of 50.0 %')
  expect(judge(check, report(), command('hey -n 10 http://127.0.0.1/')).status).toBe('failed')
})
