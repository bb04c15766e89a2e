import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problem } from '../http/problem'
import { type Agreement, openAgreement } from '../testing/agreement'

/**
 * The report of a run and the counters of its lab say the same of outcomes and origin calls, one test for each way in
 * which they could come apart. `agree.long.test.ts` has them all for all strategies.
 */
let app: Agreement
/** The rate provider: every third call gets an answer, since an app with none has nothing to serve stale. */
let calls = 0
beforeAll(async () => {
  app = await openAgreement({
    async get(base, target) {
      calls += 1
      if (calls % 3 !== 1) throw problem('rates-unavailable')
      return { base, target, rate: 1.5, quotedAt: new Date().toISOString() }
    },
    ping: async () => true,
    close: async () => {},
  })
})
afterAll(() => app.close())

const LONG = { timeout: 60_000 }
const config = {
  resource: 'public/config',
  ttl: 1,
  durationMs: 1_600,
  connections: 4,
  mode: 'open',
  rate: 100,
} as const
const exchange = { ...config, resource: 'exchange', keys: { kind: 'cycle', count: 5 } } as const

describe('the report and the lab agree', LONG, () => {
  it('on what the clients’ own caches served', async () => {
    const { report, saidByReport, saidByLab } = await app.run({ ...config, strategy: 'http' })
    expect(report.outcomes.hit).toBeGreaterThan(0)
    expect(saidByLab).toEqual(saidByReport)
  })

  it('on what the clients’ own caches served stale, and refreshed for nobody', async () => {
    const { report, saidByReport, saidByLab } = await app.run({ ...config, strategy: 'stale-while-revalidate' })
    expect(report.outcomes.stale).toBeGreaterThan(0)
    expect(saidByLab).toEqual(saidByReport)
  })

  it('on what the edge had no part in but passing it on', async () => {
    const { report, saidByReport, saidByLab } = await app.run({ ...config, strategy: 'none', via: 'edge' })
    expect(report.outcomes.miss).toBe(report.requests)
    expect(saidByLab).toEqual(saidByReport)
  })

  it('on hits of the app that the edge passed on', async () => {
    const { report, saidByReport, saidByLab } = await app.run({ ...config, strategy: 'redis', via: 'edge' })
    expect(report.outcomes.hit).toBeGreaterThan(0)
    expect(saidByLab).toEqual(saidByReport)
  })

  it('on what the edge revalidated, for one and for those that waited', async () => {
    const closed = { ...config, mode: 'closed', rate: undefined, connections: 20 } as const
    const { report, saidByReport, saidByLab } = await app.run({ ...closed, strategy: 's-maxage', via: 'edge' })
    expect(report.outcomes.revalidated).toBeGreaterThan(0)
    expect(saidByLab).toEqual(saidByReport)
  })

  it('on what the edge served stale, and refreshed for nobody', async () => {
    const how = { ...config, strategy: 'stale-while-revalidate', via: 'edge' } as const
    const { report, saidByReport, saidByLab } = await app.run(how)
    expect(report.outcomes.stale).toBeGreaterThan(0)
    expect(saidByLab).toEqual(saidByReport)
  })

  it('on what workers counted, writes included', async () => {
    const { report, saidByReport, saidByLab } = await app.run({
      ...config,
      resource: 'tasks/{id}',
      strategy: 'redis',
      keys: { kind: 'zipf', count: 20 },
      writes: 0.1,
      host: 'workers',
      workers: 2,
    })
    expect(report.writes.requests).toBeGreaterThan(0)
    expect(saidByLab).toEqual(saidByReport)
  })

  it.each(['direct', 'edge'] as const)('on requests that failed at the origin, %s', async (via) => {
    const { report, saidByReport, saidByLab } = await app.run({ ...exchange, strategy: 'none', via })
    expect(report.errors).toBeGreaterThan(0)
    expect(report.originCalls).toBe(report.requests)
    expect(saidByLab).toEqual(saidByReport)
  })

  it('on what the edge served stale for a failure', async () => {
    const how = { ...exchange, strategy: 'stale-while-revalidate', via: 'edge' } as const
    const { report, saidByReport, saidByLab } = await app.run(how)
    expect(report.outcomes.stale).toBeGreaterThan(0)
    expect(saidByLab).toEqual(saidByReport)
  })
})
