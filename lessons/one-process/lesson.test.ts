import { expect, it } from 'vitest'
import type { Report } from '@/lib/runs/report'
import { command, judge, report } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { oneProcess } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

const CONNECTIONS = [1, 10, 50]

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
      expect(handlerMs.p50).toBeLessThan(latencyMs.p50 / 2)
    }
  },
})

it('passes a tuning that comes with a run, and fails a benchmark in its place', () => {
  const check = oneProcess.exercises[0]?.check
  if (!check) throw new Error('there is an exercise')
  expect(judge(check, report(), command('uvicorn app:app --loop uvloop')).status).toBe('passed')
  expect(judge(check, report({ hitRate: 0.5 })).broken?.found).toContain('a hit rate of 50.0 %')
  expect(judge(check, report(), command('hey -n 10 http://127.0.0.1/')).status).toBe('failed')
})
