import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { strategyIds } from '../strategies'
import { type Agreement, openAgreement } from '../testing/agreement'

/** The report of a run and the counters of its lab agree, for every strategy, on every path a request can take. */
let app: Agreement
beforeAll(async () => {
  app = await openAgreement()
}, 120_000)
afterAll(() => app.close())

const WAYS = [
  { name: 'direct' },
  { name: 'via the edge', via: 'edge' },
  { name: 'from workers', host: 'workers', workers: 3 },
] as const
const LOADS = [
  { load: 'one key', resource: 'public/config' },
  { load: 'many keys and writes', resource: 'tasks/{id}', keys: { kind: 'zipf', count: 20 }, writes: 0.1 },
] as const

describe.each(WAYS)('$name', ({ name: _, ...way }) => {
  describe.each(LOADS)('$load', ({ load: __, ...load }) => {
    it.each(strategyIds)('%s', { timeout: 60_000 }, async (strategy) => {
      const config = { ...load, ...way, strategy, ttl: 1, durationMs: 1_600, connections: 8 }
      const { report, saidByReport, saidByLab } = await app.run(config)
      expect(report.requests).toBeGreaterThan(0)
      expect(saidByLab).toEqual(saidByReport)
    })
  })
})
