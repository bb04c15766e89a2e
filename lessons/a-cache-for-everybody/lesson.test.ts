import { expect } from 'vitest'
import type { Report } from '@/lib/runs/report'
import { judge } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { cacheForEverybody } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure
const CONFIG = '/api/public/config?ttl=60&cache='

/** A browser that asks whether its copy holds says no more than that; a fetch of Node's adds `no-cache`. */
const AS_A_BROWSER = { 'cache-control': 'max-age=31536000' }

/** The two runs past the date, made once for all that is said of them. */
let renewed: Promise<Record<'http' | 'swr', Report>> | undefined
const renewing = (bench: Bench) => (renewed ??= renew(bench))
async function renew({ run }: Bench) {
  const load = {
    resource: 'slow-value',
    ttl: 1,
    mode: 'open',
    rate: 50,
    arrivals: 'even',
    durationMs: 3_500,
    connections: 40,
    warmupMs: 1_000,
    via: 'edge',
  } as const
  return {
    http: await run({ ...load, strategy: 'http' }),
    swr: await run({ ...load, strategy: 'stale-while-revalidate' }),
  }
}

testClaims('a-cache-for-everybody', {
  'second-visitor': async (bench) => {
    const { get } = bench.at('edge')
    await get(`${CONFIG}s-maxage`)
    const second = await get(`${CONFIG}s-maxage`)
    expect(second.header('cache-status')).toMatch(/^edge; hit/)
    await bench.settle()
    const { counters, log, total } = await bench.lab()
    expect(counters.originCalls).toBe(1)
    expect(total.edge).toBe(1)
    expect(measured('two-headers-two-caches')(bench.seen())).toBe('shared')

    const [exercise] = cacheForEverybody.exercises
    const evidence = log.map((row) => ({ kind: 'row' as const, row }))
    expect(exercise && judge(exercise.check, evidence).status).toBe('passed')
  },

  'browser-asks': async (bench) => {
    const { get } = bench.at('edge')
    const first = await get(`${CONFIG}s-maxage`)
    expect(first.header('cache-control')).toContain('max-age=0')
    const asked = await get(`${CONFIG}s-maxage`, {
      headers: { 'if-none-match': first.header('etag'), ...AS_A_BROWSER },
    })
    expect(asked).toMatchObject({ status: 304, text: '' })
    expect(asked.header('cache-status')).toMatch(/^edge; hit/)
    await bench.settle()
    expect((await bench.lab()).counters.originCalls).toBe(1)
  },

  'private-stays-out': async (bench) => {
    const { get } = bench.at('edge')
    for (const strategy of ['http', 's-maxage', 'stale-while-revalidate', 'cdn-cache-control', 'redis']) {
      const path = `/api/tasks/7?ttl=60&cache=${strategy}`
      await get(path)
      expect((await get(path)).header('cache-status'), strategy).not.toContain('edge; hit')
    }
  },

  'private-shows': async (bench) => {
    const { get } = bench.at('edge')
    for (const strategy of ['http', 's-maxage']) {
      const path = `/api/tasks/8?ttl=60&cache=${strategy}`
      for (const nth of [1, 2]) {
        expect((await get(path)).header('cache-status'), `${strategy} ${nth}`).toBe(
          'edge; fwd=uri-miss; fwd-status=200',
        )
      }
    }
    // What may be stored says so, with what is left of its lifetime.
    expect((await get(`${CONFIG}s-maxage`)).header('cache-status')).toMatch(
      /^edge; fwd=uri-miss; fwd-status=200; stored; ttl=\d+$/,
    )
  },

  'age-counts': async (bench) => {
    const { get } = bench.at('edge')
    await get(`${CONFIG}http`)
    const again = await get(`${CONFIG}http`)
    expect(again.header('age')).toMatch(/^\d+$/)
    expect(
      Number(/ttl=(\d+)/.exec(again.header('cache-status'))?.[1]) + Number(again.header('age')),
    ).toBeLessThanOrEqual(60)
  },

  'one-call': async (bench) => {
    const report = await bench.run({
      resource: 'slow-value',
      strategy: 's-maxage',
      ttl: 60,
      requests: 200,
      connections: 200,
      via: 'edge',
    })
    expect(report.originCalls).toBe(1)
    expect(report.outcomes.coalesced + report.outcomes.hit).toBe(199)
    expect(measured('two-hundred-visitors')(bench.seen([report]))).toBe(1)
  },

  'memory-stampedes': async ({ run }) => {
    const report = await run({
      resource: 'slow-value',
      strategy: 'memory',
      ttl: 60,
      requests: 200,
      connections: 200,
    })
    expect(report.originCalls).toBeGreaterThan(10)
  },

  'waits-each-time': async (bench) => {
    const { http } = await renewing(bench)
    // The origin takes 200 ms, and each second some come while it works.
    expect(http.latencyMs.p99).toBeGreaterThan(100)
    expect(http.outcomes.stale).toBe(0)
  },

  'nobody-waits': async (bench) => {
    const { http, swr } = await renewing(bench)
    // One request in five comes while the origin works.
    expect(swr.latencyMs.p90).toBeLessThan(http.latencyMs.p90 / 2)
    expect(swr.outcomes.stale).toBeGreaterThan(0)
    expect(swr.outcomes.miss + swr.outcomes.coalesced).toBe(0)
    expect(measured('renewed-behind')(bench.seen([http, swr]))).toBe(swr.latencyMs.p99)
  },

  'as-many-calls': async (bench) => {
    const { http, swr } = await renewing(bench)
    expect(Math.abs(http.originCalls - swr.originCalls)).toBeLessThanOrEqual(2)
  },
})
