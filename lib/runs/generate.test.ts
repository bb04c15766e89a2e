import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { VirtualClient } from './client'
import { oneKey } from './config'
import type { Measured } from './figures'
import { generate } from './generate'
import { loadHistograms } from './histogram'
import type { Job, Told } from './job'
import { RUN_HEADER } from './run-header'
import { closeServers, load, ok, serve } from './testing'

/** The load generator against real servers of the test's own. Nothing is timed; what is compared are counts and orders. */

beforeAll(loadHistograms)
afterEach(closeServers)

describe('a closed run', () => {
  it('sends exactly as many requests as it was given, never more at once than it has connections', async () => {
    let requests = 0
    let most = 0
    let open: ServerResponse[] = []
    const address = await serve(async (request, response) => {
      requests += 1
      open.push(response)
      expect(request.headers[RUN_HEADER]).toBe('run-1')
      // Nobody is answered before all seven have asked, and an eighth has had its chance to.
      if (open.length < 7 && requests < 333) return
      for (let turn = 0; turn < 10; turn += 1) await setImmediate()
      most = Math.max(most, open.length)
      for (const each of open) if (!each.writableEnded) ok(each)
      open = []
    })
    const { measured } = await load(address, { requests: 333, connections: 7 })
    expect(requests).toBe(333)
    expect(most).toBe(7)
    expect(measured).toMatchObject({ requests: 333, errors: 0, bytes: 333 * 11, hitRate: 0 })
    expect(measured.outcomes.bypass).toBe(333)
    expect(measured.handlerMs?.p50).toBeCloseTo(0.5, 2)
    expect(measured.latencyMs.p50).toBeGreaterThan(0)
    expect(measured.latencyMs.max).toBeGreaterThanOrEqual(measured.latencyMs.p99)
  })

  it('draws its keys', async () => {
    const seen = new Map<string, number>()
    const address = await serve((request, response) => {
      seen.set(request.url ?? '', (seen.get(request.url ?? '') ?? 0) + 1)
      ok(response)
    })
    const paths = ['/a', '/b', '/c']
    await load(address, { requests: 30, keys: { kind: 'cycle', count: 3, s: 1, seed: 1 } }, { paths })
    expect(Object.fromEntries(seen)).toEqual({ '/a': 10, '/b': 10, '/c': 10 })
  })

  it('counts hits, and leaves errors out of the hit rate', async () => {
    let n = 0
    const address = await serve((_request, response) => {
      n += 1
      if (n % 4 === 0) return void response.writeHead(503).end()
      ok(response, { 'cache-status': n % 4 === 1 ? 'redis; fwd=miss; stored; ttl=9' : 'redis; hit; ttl=9' })
    })
    const { measured } = await load(address, { requests: 400, connections: 1 })
    expect(measured.outcomes).toMatchObject({ hit: 200, miss: 100, error: 100 })
    expect(measured.errors).toBe(100)
    expect(measured.hitRate).toBeCloseTo(2 / 3)
  })

  it('survives a server that cuts responses: each is an error, and the run ends', async () => {
    let n = 0
    const address = await serve((request, response) => {
      n += 1
      if (n % 2 === 0) request.socket.end('HTTP/1.1 2')
      else ok(response)
    })
    const { measured } = await load(address, { requests: 100, connections: 1 })
    expect(measured.requests).toBe(100)
    expect(measured).toMatchObject({ errors: 50, failures: { connection: 50 }, outcomes: { bypass: 50 } })
  })

  it('counts a server that is not there as errors', async () => {
    const address = await serve(() => {})
    await closeServers()
    const { measured } = await load(address, { requests: 20 })
    expect(measured).toMatchObject({ requests: 20, errors: 20, hitRate: 0 })
  })

  it('leaves the warm-up out of the figures, and unmarked', async () => {
    let marked = 0
    let unmarked = 0
    const address = await serve((request, response) => {
      if (request.headers[RUN_HEADER]) marked += 1
      else unmarked += 1
      ok(response)
    })
    const { measured, told } = await load(address, { requests: 50, warmupMs: 150 })
    expect(unmarked).toBeGreaterThan(0)
    expect(marked).toBe(50)
    expect(measured.requests).toBe(50)
    expect(told[0]).toMatchObject({ kind: 'progress', progress: 0 })
    expect(told[0]?.kind === 'progress' && told[0].atMs).toBeLessThan(0)
  })

  it('looks after requests of the warm-up, too: one that never ends by itself holds up nothing', async () => {
    let end = () => {}
    const job: Job = {
      run: 'run-1',
      addresses: ['http://127.0.0.1:9'],
      paths: ['/'],
      cached: false,
      config: { mode: 'closed', requests: 1, connections: 1, arrivals: 'even', keys: oneKey, warmupMs: 50 },
    }
    const told: Told[] = []
    const trickling: VirtualClient = {
      ask: () => new Promise((answered) => (end = () => answered({ outcome: 'error', bytes: 1, failure: 'timeout' }))),
      look: () => end(),
      refreshed: async () => {},
      destroy: async () => {},
    }
    await generate(
      job,
      (each) => told.push(each),
      new AbortController().signal,
      () => trickling,
    )
    expect(told.at(-1)).toMatchObject({ kind: 'end', measured: { requests: 1, failures: { timeout: 1 } } })
  })

  it('draws the same keys however long the warm-up took', async () => {
    const keysOf = async (warmupMs: number) => {
      const keys = { warmUp: [] as string[], measured: [] as string[] }
      const address = await serve((request, response) => {
        keys[request.headers[RUN_HEADER] ? 'measured' : 'warmUp'].push(request.url ?? '')
        ok(response)
      })
      const paths = Array.from({ length: 50 }, (_, n) => `/${n}`)
      const drawn = { kind: 'zipf' as const, count: 50, s: 1, seed: 3 }
      await load(address, { requests: 60, connections: 1, warmupMs, keys: drawn }, { paths })
      return keys
    }
    const [warm, cold] = [await keysOf(80), await keysOf(0)]
    expect(warm.measured).toEqual(cold.measured)
    // Nor are they those of the warm-up, which would have cached just what is measured.
    expect(warm.warmUp.slice(0, 10)).not.toEqual(warm.measured.slice(0, 10))
  })

  it('stops at once, though the server never answers, and blames nobody for it', async () => {
    const stop = new AbortController()
    const address = await serve(() => stop.abort())
    const { measured } = await load(address, { requests: 1_000 }, { stop })
    expect(measured).toMatchObject({ requests: 0, errors: 0 })
  })

  it('tells how far it is, and the last second', async () => {
    const address = await serve((_request, response) => void setTimeout(2).then(() => ok(response)))
    const { told } = await load(address, { durationMs: 450 })
    const progress = told.filter((each) => each.kind === 'progress')
    // The last tells the end; how many came before is up to the machine.
    expect(progress.length).toBeGreaterThanOrEqual(2)
    const shares = progress.map((each) => each.progress)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
    const { window, measured } = progress.at(-1) ?? {}
    expect(window?.requests).toBe(measured?.requests)
    expect(window?.latencyMs.p50).toBeGreaterThan(0)
  })
})

describe('an open run', () => {
  /** Answers at once, but for one stall in which it answers nobody. */
  const stalling = () => {
    let requests = 0
    let stalled: Promise<unknown> | undefined
    return (_request: IncomingMessage, response: ServerResponse) => {
      requests += 1
      if (requests === 20) stalled = setTimeout(300)
      void Promise.resolve(stalled).then(() => ok(response))
    }
  }

  it('counts latency from when a request was due: a stall shows in all that it held up', async () => {
    const open = await load(await serve(stalling()), { mode: 'open', rate: 400, requests: 240, connections: 1 })
    const closed = await load(await serve(stalling()), { requests: 240, connections: 1 })
    // Half the open run's requests were due while nobody was answered; of the closed run's, one was.
    expect(open.measured.latencyMs.p90).toBeGreaterThan(20 * closed.measured.latencyMs.p90)
    expect(open.measured.requests).toBe(240)
  })

  it('is right where a closed loop is not: a server that stalls for 200 ms every 2 s, asked 500 times a second', async () => {
    const began = performance.now()
    /** A tenth of all requests come in a stall, and wait for its end: 0 to 200 ms. So one in a hundred waits over 180. */
    const stalls = (_request: IncomingMessage, response: ServerResponse) => {
      const left = 200 - ((performance.now() - began) % 2_000)
      if (left > 0) void setTimeout(left).then(() => ok(response))
      else ok(response)
    }
    const run = { connections: 4, arrivals: 'even' as const }
    const measure = async () => load(await serve(stalls), { ...run, mode: 'open', rate: 500, durationMs: 6_000 })
    const { measured: open } = await measure()
    // A busy machine can only add to it. Measured from when requests were sent, it would be near the others below.
    expect(open.latencyMs.p99).toBeGreaterThan(0.9 * 180)
    const near = ({ latencyMs }: Measured) => latencyMs.p99 >= open.latencyMs.p99 / 2
    let { measured: closed } = await load(await serve(stalls), { ...run, durationMs: 4_000 })
    for (let tries = 1; near(closed) && tries < 5; tries += 1)
      closed = (await load(await serve(stalls), { ...run, durationMs: 4_000 })).measured
    expect(closed.latencyMs.p99).toBeLessThan(open.latencyMs.p99 / 2)
    // From when they were sent, hardly any of the held up was slow: the wait for a connection is what would be lost.
    expect(open.serviceMs.p99).toBeLessThan(open.latencyMs.p99 / 2)
  }, 120_000)

  it('sends each request that is due, once', async () => {
    let requests = 0
    const address = await serve((_request, response) => {
      requests += 1
      ok(response)
    })
    const { measured } = await load(address, { mode: 'open', rate: 1_000, requests: 200, arrivals: 'poisson' })
    expect(requests).toBe(200)
    expect(measured.requests).toBe(200)
    // 200 requests at 1,000 a second, whatever the machine: they are not sent before they are due.
    expect(measured.durationMs).toBeGreaterThan(120)
  })
})
