import { and, desc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { asking } from '../origin/asking'
import type { Database } from '../origin/database'
import { removeOld } from '../origin/remove-old'
import { runs } from '../origin/schema'
import { type Latency, type Report, type RunState, runState, type Snapshot, snapshot } from './report'
import { usableUnless } from './usable'

/** Runs kept of one lab, and for how long. */
const KEPT = 100
const AGE = '30 days'

/** Where runs that are over are kept, for any process of the app to show. Rejects when Postgres is away. */
export interface RunStore {
  /** Stores a finished run, with how it went over time. */
  save(state: RunState, series: readonly Snapshot[]): Promise<void>
  load(id: string): Promise<RunState | undefined>
  /** Loads how a run went over time, oldest first; empty if that isn't stored. */
  series(id: string): Promise<Snapshot[]>
  /** Removes runs that are too old. */
  removeOld(): Promise<void>
}

const stored = z.array(snapshot)

/** Keeps runs in Postgres: the newest {@link KEPT} of a lab, for 30 days. */
export function runStore(database: Database): RunStore {
  const { db } = database
  return {
    removeOld: () => removeOld(database, runs, runs.createdAt, AGE),
    async save({ id, lab, status, reason, report }, series) {
      await db
        .insert(runs)
        .values({ id, lab, status, reason, report, config: report.config, series })
        .onConflictDoNothing()
      const tooMany = db
        .select({ id: runs.id })
        .from(runs)
        .where(eq(runs.lab, lab))
        .orderBy(desc(runs.createdAt))
        .offset(KEPT)
      await db.delete(runs).where(and(eq(runs.lab, lab), inArray(runs.id, tooMany)))
    },
    async load(id) {
      const { lab, status, reason, report } = runs
      const [row] = await asking(() => db.select({ lab, status, reason, report }).from(runs).where(eq(runs.id, id)))
      if (!row) return undefined
      // A row of an older version of the app that no longer fits is one that there is not.
      const state = runState.safeParse({
        ...row,
        id,
        reason: row.reason ?? undefined,
        report: inTodaysShape(row.report),
      })
      return state.success ? state.data : undefined
    },
    async series(id) {
      const [row] = await asking(() => db.select({ series: runs.series }).from(runs).where(eq(runs.id, id)))
      // An older run has none, and one that no longer fits can't be drawn.
      const series = stored.safeParse(row?.series)
      return series.success ? series.data : []
    },
  }
}

/** Gives a kept report today's fields, as far as those of its own time tell them. */
function inTodaysShape(kept: unknown): unknown {
  const report = (kept ?? {}) as Partial<Report>
  const { requests = 0, handlerMs, writes } = report
  return {
    ...report,
    usable: report.usable ?? usableOf(report.generator),
    latencyMs: counted(report.latencyMs, requests),
    serviceMs: counted(report.serviceMs, requests),
    // Zeros of a handler that no request reached.
    handlerMs: handlerMs && handlerMs.max > 0 ? counted(handlerMs, requests) : null,
    ...(writes && { writes: { ...writes, latencyMs: counted(writes.latencyMs, writes.requests) } }),
  }
}

/** A latency from before it had a `count`: of all requests, errors among them. */
const counted = (latency: Latency | undefined, count: number) =>
  latency && { ...latency, count: latency.count ?? count }

/** What a report from before `usable` says in its `generator`. */
function usableOf(generator: Report['generator'] | undefined): Report['usable'] {
  if (generator?.usable !== false) return usableUnless()
  return usableUnless(generator.pacingMs ? 'sent-late' : 'generator-busy')
}
