import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Context, openContext } from '../context'
import { handle } from '../handle'
import { toNodeListener } from '../http/node'
import { systemClock } from '../reading'
import { planRun } from './config'
import { loadHistograms } from './histogram'
import type { RunState } from './report'
import { isOver } from './run'
import { spawnFromSource } from './spawn-from-source'
import { generateHere } from './testing'

/**
 * Whole runs, over HTTP, against the app's own handler with a real Redis and a real Postgres. Entries never grow old
 * here, so that what each strategy costs the origin can be told to the call.
 */

let spawn = generateHere

/** The time of day, which stands still unless a test moves it: durations are real. */
let clockMs = Date.UTC(2026, 0, 1)
let server: Server
let context: Context

beforeAll(async () => {
  await loadHistograms()
  server = createServer(toNodeListener((request) => handle(request, context)))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const services = inject('services')
  context = openContext(
    {
      address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      hosts: [],
      redis: services.redis,
      postgres: services.postgres,
      rates: { kind: 'local', url: 'http://127.0.0.1:9', name: 'rates' },
    },
    { clock: { ...systemClock, now: () => clockMs, steady: () => clockMs }, spawn: (job, on) => spawn(job, on) },
  )
})
afterAll(async () => {
  await context.close()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

const newLab = () => `whole-${randomUUID()}`

/** Run to the end, and give the report with what the lab itself has counted. */
async function whole(body: object, lab = newLab()) {
  const before = { ...context.labs.get(lab).counters }
  const run = context.runs.start(planRun({ resource: 'tasks/{id}', strategy: 'none', connections: 4, ...body }, lab))
  while (!isOver(run)) await setTimeout(10)
  const { status, reason, report } = (await context.runs.state(run.id)) as RunState
  const { requests, originCalls } = context.labs.get(lab).counters
  return {
    report,
    state: { status, reason },
    lab: { requests: requests - before.requests, originCalls: originCalls - before.originCalls },
  }
}

describe('a whole run', () => {
  it('asks the origin each time with none', async () => {
    const { report, state, lab } = await whole({ requests: 60 })
    expect(state).toEqual({ status: 'done', reason: undefined })
    expect(report).toMatchObject({ requests: 60, errors: 0, hitRate: 0, originCalls: 60, outcomes: { bypass: 60 } })
    expect(lab).toEqual({ requests: 60, originCalls: 60 })
    expect(report.handlerMs?.p50).toBeGreaterThan(0)
    expect(report.handlerMs?.p50).toBeLessThan(report.latencyMs.p50)
    expect(report.machine.node).toBe(process.version)
  })

  it.each(['memory', 'redis'])('asks the origin once a key with %s, one client', async (strategy) => {
    const { report, lab } = await whole({
      strategy,
      requests: 100,
      connections: 1,
      keys: { kind: 'cycle', count: 5 },
    })
    expect(report).toMatchObject({ errors: 0, hitRate: 0.95, originCalls: 5, outcomes: { hit: 95, miss: 5 } })
    expect(lab).toEqual({ requests: 100, originCalls: 5 })
  })

  it.each(['memory', 'redis'])(
    'counts as many misses as the origin was called with %s, many clients',
    async (strategy) => {
      const { report, lab } = await whole({
        strategy,
        requests: 300,
        connections: 20,
        keys: { kind: 'zipf', count: 50 },
      })
      expect(report.requests).toBe(300)
      expect(report.errors).toBe(0)
      expect(report.outcomes.hit + report.outcomes.miss).toBe(300)
      expect(report.originCalls).toBe(report.outcomes.miss)
      expect(lab).toEqual({ requests: 300, originCalls: report.originCalls })
    },
  )

  it('asks the server once for each virtual client and key with http', async () => {
    const { report, lab } = await whole({ strategy: 'http', ttl: 3_600, requests: 200, connections: 4 })
    expect(report).toMatchObject({ errors: 0, hitRate: 0.98, originCalls: 4, outcomes: { hit: 196, miss: 4 } })
    expect(report.generator).toEqual({ pacingMs: null, busy: null, usable: true })
    expect(lab).toEqual({ requests: 4, originCalls: 4 })
  })

  it('asks the server for each request with no-cache, and has a body sent once for each virtual client', async () => {
    const { report, lab } = await whole({ strategy: 'no-cache', requests: 200, connections: 4 })
    expect(report).toMatchObject({
      errors: 0,
      hitRate: 0,
      originCalls: 200,
      outcomes: { hit: 0, miss: 4, revalidated: 196 },
    })
    expect(lab).toEqual({ requests: 200, originCalls: 200 })
    const { bytes } = (await whole({ strategy: 'none', requests: 4 })).report
    expect(report.bytes).toBe(bytes)
  })

  it('tells how old the answers were: no age with none, that of the entries with a cache, unknown with http', async () => {
    const lab = newLab()
    const body = { requests: 20, connections: 1 }
    expect((await whole({ ...body, strategy: 'none' }, lab)).report.ageMs).toEqual({ mean: 0, max: 0 })
    await whole({ ...body, strategy: 'lru' }, lab)
    clockMs += 30_000
    const warm = { ...body, start: 'warm' }
    expect((await whole({ ...warm, strategy: 'lru' }, lab)).report.ageMs).toEqual({ mean: 30_000, max: 30_000 })
    // Of three keys one is there since then; the two others are loaded, and new ever after.
    const three = { ...warm, strategy: 'lru', requests: 30, keys: { kind: 'cycle', count: 3 } }
    expect((await whole(three, lab)).report).toMatchObject({ originCalls: 2, ageMs: { mean: 10_000, max: 30_000 } })
    expect((await whole({ ...body, strategy: 'http', ttl: 3_600 }, lab)).report.ageMs).toBe(null)
    expect((await whole({ ...body, strategy: 'no-cache' }, lab)).report.ageMs).toEqual({ mean: 0, max: 0 })
  })

  it('has each round trip in one bin of its distribution', async () => {
    const { report } = await whole({ strategy: 'memory', requests: 200 })
    const { distribution, latencyMs } = report
    expect(distribution.reduce((sum, { count }) => sum + count, 0)).toBe(200)
    // The histogram behind the percentiles is 0.1 % off at most.
    expect(distribution[0]?.fromMs).toBeLessThanOrEqual(latencyMs.min * 1.001)
    expect(distribution[0]?.toMs).toBeGreaterThan(latencyMs.min * 0.999)
    expect(distribution.at(-1)?.fromMs).toBeLessThanOrEqual(latencyMs.max * 1.001)
    expect(distribution.at(-1)?.toMs).toBeGreaterThan(latencyMs.max * 0.999)
  })

  it('starts cold unless it is told to start warm', async () => {
    const lab = newLab()
    const body = { strategy: 'redis', requests: 10, connections: 1 }
    expect((await whole(body, lab)).report.originCalls).toBe(1)
    expect((await whole(body, lab)).report.originCalls).toBe(1)
    expect((await whole({ ...body, start: 'warm' }, lab)).report).toMatchObject({ originCalls: 0, hitRate: 1 })
  })

  it('leaves a warm-up out of the figures, origin calls included', async () => {
    const { report, lab } = await whole({ strategy: 'memory', requests: 50, warmupMs: 150 })
    expect(report).toMatchObject({ requests: 50, originCalls: 0, hitRate: 1 })
    expect(lab.requests).toBeGreaterThan(50)
    expect(lab.originCalls).toBeGreaterThan(0)
  })

  it('counts as errors what the app answers with an error', async () => {
    // The rate provider of this context is away.
    const { report } = await whole({ resource: 'exchange', requests: 20 })
    expect(report).toMatchObject({ requests: 20, errors: 20, hitRate: 0, outcomes: { error: 20 } })
  })

  it('writes as many of its requests as it was told, and the next reader finds the new value', async () => {
    const { report, lab } = await whole({
      strategy: 'memory',
      requests: 200,
      connections: 1,
      writes: 0.2,
      keys: { kind: 'uniform', count: 3, seed: 4 },
    })
    expect(report.writes.requests).toBeGreaterThan(20)
    expect(report.writes).toMatchObject({ errors: 0 })
    // The hit rate is that of the reads: a write answers nobody's question.
    expect(report.requests + report.writes.requests).toBe(200)
    expect(report.outcomes.hit + report.outcomes.miss).toBe(report.requests)
    // Each write crosses the entry out, so that more than the three first reads miss.
    expect(report.outcomes.miss).toBeGreaterThan(10)
    expect(report.originCalls).toBe(report.outcomes.miss)
    expect(lab.requests).toBe(report.requests)
  })

  it('goes through its stages, and is held against its thresholds', async () => {
    const { report } = await whole({
      strategy: 'memory',
      mode: 'open',
      arrivals: 'even',
      rate: 100,
      stages: [
        { durationMs: 300, rate: 200 },
        { durationMs: 0, rate: 500 },
        { durationMs: 200, rate: 500 },
      ],
      thresholds: ['requests = 145', 'errors = 0', 'hitRate > 99.9 %', 'originCalls >= 1', 'max < 0.001 ms'],
    })
    // The area under the rate: 45 + 100 of them. However many came before the first was answered, that one was a miss.
    expect(report.requests).toBe(145)
    const held = [true, true, false, true, false]
    // A busy machine sends late, and such metrics aren't judged.
    expect(report.thresholds.map(({ passed }) => passed)).toEqual(held.map((each) => each && report.usable.ok))
    expect(report.generator.pacingMs?.p99).toBeGreaterThan(0)
    expect(report.versions).toMatchObject({ node: process.versions.node, undici: expect.any(String) as string })
  })

  it('at a rate, sends each request once', async () => {
    const { report, lab } = await whole({ mode: 'open', rate: 400, requests: 100, strategy: 'memory' })
    expect(report).toMatchObject({ requests: 100, errors: 0 })
    expect(lab.requests).toBe(100)
  })

  it('in a thread of its own, stops at once, and the next has its turn', async () => {
    spawn = spawnFromSource
    const { runs } = context
    const lab = newLab()
    const long = runs.start(planRun({ resource: 'slow-value', strategy: 'none', requests: 200_000 }, lab))
    const next = runs.start(planRun({ resource: 'tasks/{id}', strategy: 'memory', requests: 5 }, lab))
    while (long.snapshots.length === 0) await setTimeout(10)
    expect(await runs.stop(long.id)).toBe(true)
    while (!isOver(next)) await setTimeout(10)
    expect(await runs.state(long.id)).toMatchObject({ status: 'stopped', reason: 'asked', report: { errors: 0 } })
    expect(await runs.state(next.id)).toMatchObject({ status: 'done', report: { requests: 5 } })
  })
})
