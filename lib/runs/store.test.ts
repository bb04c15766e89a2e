import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runs } from '../origin/schema'
import { type TestContext, testContext } from '../testing/context'
import { planRun } from './config'
import { nothingMeasured } from './figures'
import { NO_LATENCY, type RunState } from './report'
import { newRun, stateOf, takeProgress } from './run'
import { type RunStore, runStore } from './store'
import { usableUnless } from './usable'

/** Runs that are over, in the tests' real Postgres. */

let test: TestContext
let store: RunStore
beforeAll(() => {
  test = testContext()
  store = runStore(test.context.database)
})
afterAll(() => test.context.close())

const over = (lab: string): RunState => ({
  ...stateOf(newRun(randomUUID(), planRun({ resource: 'slow-value', strategy: 'memory' }, lab), {}, 0), undefined),
  status: 'stopped',
  reason: 'asked',
})
const newLab = () => `store-${randomUUID()}`
const kept = (lab: string) => test.context.database.db.select({ id: runs.id }).from(runs).where(eq(runs.lab, lab))

describe('runStore', () => {
  it('gives back what was saved, and nothing for what was not', async () => {
    const state = over(newLab())
    await store.save(state, [])
    await store.save(state, [])
    expect(await store.load(state.id)).toEqual(JSON.parse(JSON.stringify(state)))
    expect(await store.load(randomUUID())).toBeUndefined()
  })

  it('gives back how a run went over time, and nothing for a run from before that was stored', async () => {
    const state = over(newLab())
    const run = newRun(state.id, planRun({ resource: 'slow-value', strategy: 'memory' }, state.lab), {}, 0)
    const window = { ...nothingMeasured, staleRate: null }
    const tell = (atMs: number) =>
      takeProgress(run, { kind: 'progress', atMs, progress: 0, measured: nothingMeasured, window })
    const series = [tell(0), tell(100)]
    await store.save(state, series)
    expect(await store.series(state.id)).toMatchObject(series.map(({ run, atMs, total }) => ({ run, atMs, total })))

    const { id, lab, status, report } = over(newLab())
    await test.context.database.db.insert(runs).values({ id, lab, status, config: report.config, report })
    expect(await store.load(id)).toBeDefined()
    expect(await store.series(id)).toEqual([])
    expect(await store.series(randomUUID())).toEqual([])
  })

  it('still knows a run from before there were hosts to choose and staleness was measured', async () => {
    const { id, lab, status, report } = over(newLab())
    const later = new Set(['via', 'host'])
    // JSON as it was written then.
    const older = JSON.parse(
      JSON.stringify(report, (name, value: unknown) =>
        later.has(name) || (name === 'stale' && value === null) ? undefined : value,
      ),
    ) as RunState['report']
    await test.context.database.db.insert(runs).values({ id, lab, status, config: older.config, report: older })
    expect((await store.load(id))?.report).toMatchObject({ stale: null, config: { via: 'direct', host: 'next' } })
  })

  it.each([
    [{ pacingMs: null, busy: 0.2, usable: true }, undefined],
    [{ pacingMs: null, busy: 0.99, usable: false, why: 'worked all the time' }, 'generator-busy'],
    [{ pacingMs: { p50: 1, p99: 40, max: 50 }, busy: null, usable: false, why: 'late' }, 'sent-late'],
  ] as const)('reads whether a run from before `usable` may be used, from %j', async (generator, code) => {
    const { id, lab, status, report } = over(newLab())
    const older = { ...report, generator, usable: undefined }
    await test.context.database.db.insert(runs).values({ id, lab, status, config: older.config, report: older })
    expect((await store.load(id))?.report.usable).toEqual(usableUnless(...(code ? [code] : [])))
  })

  it('gives a run from before latencies had a count one, and no handler time if no request reached a handler', async () => {
    const { id, lab, status, report } = over(newLab())
    const old = { ...NO_LATENCY, count: undefined, p99: 5, max: 5 }
    const nothing = { ...NO_LATENCY, count: undefined }
    const older = JSON.parse(
      JSON.stringify({
        ...report,
        requests: 400,
        latencyMs: old,
        serviceMs: old,
        handlerMs: nothing,
        failedLatencyMs: undefined,
        statuses: undefined,
        writes: { requests: 3, errors: 0, latencyMs: old },
      }),
    ) as RunState['report']
    await test.context.database.db.insert(runs).values({ id, lab, status, config: older.config, report: older })
    expect((await store.load(id))?.report).toMatchObject({
      latencyMs: { count: 400, p99: 5 },
      serviceMs: { count: 400 },
      writes: { latencyMs: { count: 3 } },
      handlerMs: null,
      failedLatencyMs: NO_LATENCY,
      statuses: {},
      retries: 0,
    })
  })

  it('keeps the newest 100 of a lab, and does not touch another’s', async () => {
    const [full, other] = [newLab(), newLab()]
    const theirs = over(other)
    await store.save(theirs, [])
    const { db } = test.context.database
    const { id, status, report } = over(full)
    const older = Array.from({ length: 100 }, (_, n) => ({
      id: `${id}-${n}`,
      lab: full,
      status,
      config: report.config,
      report,
      createdAt: sql`now() - ${`${n + 1} minutes`}::interval`,
    }))
    await db.insert(runs).values(older)
    const newest = over(full)
    await store.save(newest, [])
    const ids = (await kept(full)).map((row) => row.id)
    expect(ids.length).toBe(100)
    expect(ids).toContain(newest.id)
    expect(ids).not.toContain(`${id}-99`)
    expect(await store.load(theirs.id)).toBeDefined()
  })

  it('removes what is older than 30 days, from every lab', async () => {
    const [old, young] = [over(newLab()), over(newLab())]
    await store.save(old, [])
    await store.save(young, [])
    const { db } = test.context.database
    const aged = (id: string, days: number) =>
      db
        .update(runs)
        .set({ createdAt: sql`now() - ${`${days} days`}::interval` })
        .where(eq(runs.id, id))
    await aged(old.id, 31)
    await aged(young.id, 29)
    await store.removeOld()
    expect(await store.load(old.id)).toBeUndefined()
    expect(await store.load(young.id)).toBeDefined()
  })

  it('knows no run whose row is not of this version', async () => {
    const state = over(newLab())
    await store.save(state, [])
    await test.context.database.db
      .update(runs)
      .set({ report: { requests: 'many' } })
      .where(eq(runs.id, state.id))
    expect(await store.load(state.id)).toBeUndefined()
  })
})
