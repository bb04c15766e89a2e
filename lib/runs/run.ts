import os from 'node:os'
import { SNAPSHOTS } from './bounds'
import type { Plan } from './config'
import { type Measured, nothingMeasured } from './figures'
import type { Told } from './job'
import type { Alongside, Report, RunState, RunStatus, Snapshot } from './report'
import type { Sample } from './samples'
import { openSeries, type Series } from './series'
import { ageOf, newTally, type Tally, totalsOf } from './tally'
import { holdAgainst } from './thresholds'

/** A run as this process holds it. */
export interface Run {
  id: string
  plan: Plan
  /** Of what is measured and of what measures it, by name. */
  versions: Record<string, string>
  status: RunStatus
  reason?: string
  /** Of the problem that it failed with. */
  code?: string
  /** What the server counts for it. */
  tally: Tally
  measured: Measured
  /** The last {@link SNAPSHOTS}, oldest first, and how many came before them. */
  snapshots: Snapshot[]
  dropped: number
  /** The whole run in few snapshots: what Postgres stores with its report. */
  series: Series
  /** Requests one by one, once it is over and until it is one of the older ones; and between how many hosts they were drawn. */
  requests?: Sample[]
  hosts: number
  /** Open streams of this run alone. */
  viewers: number
  /** When somebody was last known to watch, and when its turn came: milliseconds of the clock's `elapsed`. */
  watchedAt: number
  startedAt?: number
  /** The same as a moment of the day: ISO 8601, UTC. */
  startedOn?: string
  /** What else ran, once it is over. */
  alongside?: Alongside
}

/** A second of snapshots: origin calls of the window are counted against the one before it. */
const WINDOW = 10

/** A run that waits for its turn. `now` is in milliseconds of the clock's `elapsed`. */
export const newRun = (id: string, plan: Plan, versions: Record<string, string>, now: number): Run => ({
  id,
  plan,
  versions,
  status: 'queued',
  tally: newTally(),
  measured: nothingMeasured,
  snapshots: [],
  dropped: 0,
  series: openSeries(),
  hosts: 0,
  viewers: 0,
  watchedAt: now,
})

export const isOver = ({ status }: Pick<Run, 'status'>): boolean => status !== 'queued' && status !== 'running'

/** Take what the generator told of how far it is: gives the snapshot that this makes. */
export function takeProgress(run: Run, told: Extract<Told, { kind: 'progress' }>): Snapshot {
  const { atMs, progress, measured, window } = told
  const { originCalls } = totalsOf(run.tally)
  const warming = atMs < 0
  if (!warming) run.measured = measured
  const before = run.snapshots.at(-WINDOW)?.total.originCalls ?? 0
  const { p50, p95, p99 } = measured.latencyMs
  const handler = measured.handlerMs
  const snapshot: Snapshot = {
    run: run.id,
    atMs,
    phase: warming ? 'warm-up' : 'measuring',
    progress,
    window: { ...window, originCalls: originCalls - before },
    total: {
      requests: measured.requests,
      errors: measured.errors,
      throughput: measured.throughput,
      hitRate: measured.hitRate,
      originCalls,
      latencyMs: { p50, p95, p99 },
      handlerMs: handler && { p50: handler.p50, p95: handler.p95, p99: handler.p99 },
      staleRate: measured.stale?.rate ?? null,
    },
  }
  run.snapshots.push(snapshot)
  run.series.add(snapshot)
  if (run.snapshots.length > SNAPSHOTS) {
    run.snapshots.shift()
    run.dropped += 1
  }
  return snapshot
}

/** Drops its snapshots and its requests. Its report stays here, and its series in Postgres. */
export function dropSnapshots(run: Run): void {
  run.dropped += run.snapshots.length
  run.snapshots = []
  run.series = openSeries()
  run.requests = undefined
}

/** Whether processes beside the app answer a run's requests, and not the app itself. */
export const usesProcesses = ({ via, host }: Pick<Plan['config'], 'via' | 'host'>): boolean =>
  via === 'edge' || host === 'workers'

/** The report, partial until the run is over. */
export function reportOf({ id, plan, versions, tally, measured, startedOn, alongside }: Run): Report {
  const totals = totalsOf(tally)
  return {
    run: id,
    startedAt: startedOn ?? null,
    alongside: alongside ?? null,
    ...measured,
    originCalls: totals.originCalls,
    lost: usesProcesses(plan.config) ? tally.lost : 0,
    ageMs: ageOf(totals, measured),
    thresholds: holdAgainst(plan.config.thresholds, { ...measured, originCalls: totals.originCalls }),
    config: plan.config,
    versions,
    machine: {
      cpus: os.cpus().length,
      model: os.cpus()[0]?.model.trim() ?? '',
      node: process.version,
      platform: `${os.platform()} ${os.arch()}`,
    },
  }
}

/** What is told of a run, its place in the queue from 1 where it waits. */
export const stateOf = (run: Run, place: number | undefined): RunState => ({
  id: run.id,
  lab: run.plan.config.lab,
  status: run.status,
  place,
  reason: run.reason,
  code: run.code,
  report: reportOf(run),
})
