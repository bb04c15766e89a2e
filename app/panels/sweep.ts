import type { Report } from '@/lib/runs/report'
import type { Usability } from '@/lib/runs/usable'
import { theoryHitRate, theoryMeanAgeMs, theoryStaleRate } from './ttl-theory'

/** What all runs of a sweep have in common. Texts are as typed: the server judges them. */
export interface SweepSettings {
  strategy: string
  /** Requests per second. */
  rate: string
  /** Seconds that each run lasts. */
  seconds: string
  seed: string
  /** The part of the requests that write, in percent; none where absent. */
  writes?: string
}

/** What one run of a sweep came to. */
export interface SweepPoint {
  /** Seconds. */
  ttl: number
  run: string
  requests: number
  originCalls: number
  /** 0 to 1. */
  hitRate: number
  /** Nothing where no answer told its age. */
  ageMs?: Report['ageMs']
  /** Of the whole round trip. */
  latencyMs: { mean: number; p95: number }
  /** Nothing where the run had no writes. `rate` is 0 to 1, `ageMs` the p95 of how long ago stale reads were outdated. */
  stale?: { rate: number; ageMs: number }
}

/** The part of a run's report that a sweep keeps. */
type Measured = Pick<Report, 'requests' | 'originCalls' | 'hitRate' | 'run' | 'usable'> &
  Pick<SweepPoint, 'ageMs' | 'latencyMs'> & { stale: { rate: number; ageMs: { p95: number } } | null }

/**
 * A sweep: one run a TTL, one after another. A change makes a new one, so that it can be kept as it is and taken up
 * again after a reload.
 */
export interface Sweep {
  status: 'none' | 'running' | 'over' | 'stopped'
  settings: SweepSettings
  /** Seconds, in the order in which they are measured. */
  ttls: readonly number[]
  /** The first of the TTLs, as far as they are measured. */
  points: readonly SweepPoint[]
  /** The run under way. */
  run?: string
  /** Runs of the present TTL with unusable metrics. */
  unusable?: number
  /** Why it was stopped. */
  why?: string
}

export const beginSweep = (settings: SweepSettings, ttls: readonly number[]): Sweep => ({
  status: 'running',
  settings,
  ttls,
  points: [],
})

/** The TTL whose turn it is, in seconds. */
export const nextTtl = ({ ttls, points }: Sweep): number | undefined => ttls[points.length]

/** Runs with unusable metrics after which a sweep stops. */
const TRIES = 4

/**
 * Takes the report of a run that is done. A report of another run changes nothing. If the metrics are unusable, the same
 * TTL runs again, and after {@link TRIES} such runs the sweep stops and says why.
 */
export function withReport(sweep: Sweep, report: Measured): Sweep {
  const ttl = nextTtl(sweep)
  if (sweep.run !== report.run || ttl === undefined) return sweep
  if (!report.usable.ok) return withoutPoint(sweep, ttl, report.usable)
  const { run, requests, originCalls, hitRate, ageMs, latencyMs, stale } = report
  const point: SweepPoint = {
    ttl,
    run,
    requests,
    originCalls,
    hitRate,
    ageMs,
    latencyMs: { mean: latencyMs.mean, p95: latencyMs.p95 },
    stale: stale ? { rate: stale.rate, ageMs: stale.ageMs.p95 } : undefined,
  }
  const points = [...sweep.points, point]
  return {
    ...sweep,
    points,
    run: undefined,
    unusable: 0,
    status: points.length === sweep.ttls.length ? 'over' : sweep.status,
  }
}

function withoutPoint(sweep: Sweep, ttl: number, { reasons }: Usability): Sweep {
  const unusable = (sweep.unusable ?? 0) + 1
  if (unusable < TRIES) return { ...sweep, run: undefined, unusable }
  const why = reasons.map(({ words }) => words).join(' ')
  return { ...stopSweep(sweep, `The metrics at TTL ${ttl} s are unusable. ${why}`), unusable: 0 }
}

/** Stop here, and say why. What was measured stays. */
export const stopSweep = (sweep: Sweep, why: string): Sweep => ({ ...sweep, status: 'stopped', run: undefined, why })

/** Go on where it was stopped. */
export const resumeSweep = (sweep: Sweep): Sweep => ({ ...sweep, status: 'running', why: undefined })

/** What was measured at a TTL beside what theory says of it. */
export interface SweepRow extends SweepPoint {
  /** 0 to 1. */
  theory: number
  theoryAgeMs: number
  /** Of the stale reads, 0 to 1: of a cache that no write reaches. */
  theoryStale: number
}

/** A row of a sweep with writes. */
export type StaleRow = SweepRow & Required<Pick<SweepRow, 'stale'>>

export const isStaleRow = (row: SweepRow): row is StaleRow => row.stale !== undefined

/** The rows of the table, of the charts and of the CSV. */
export function sweepRows({ points, settings: { rate, writes = '0' } }: Sweep): SweepRow[] {
  const written = (Number(rate) * Number(writes)) / 100
  const read = Number(rate) - written
  return points.map((point) => ({
    ...point,
    theory: theoryHitRate(read, point.ttl),
    theoryAgeMs: theoryMeanAgeMs(read, point.ttl),
    theoryStale: theoryStaleRate(read, written, point.ttl),
  }))
}

/**
 * What the panel tells its experiment: `hitRate@0.5` and `theory@0.5` in percent, `age@0.5` and the mean round trip
 * `mean@0.5` in milliseconds; of a sweep with writes `stale@0.5`, too, the stale reads in percent.
 */
export const sweepFigures = (rows: readonly SweepRow[]): [name: string, value: number][] =>
  rows.flatMap(({ ttl, hitRate, theory, ageMs, latencyMs, stale }) => {
    const figures = {
      hitRate: hitRate * 100,
      theory: theory * 100,
      mean: latencyMs.mean,
      ...(ageMs ? { age: ageMs.mean } : {}),
      ...(stale ? { stale: stale.rate * 100 } : {}),
    }
    return Object.entries(figures).map(([name, value]): [string, number] => [`${name}@${ttl}`, value])
  })

type Column = readonly [name: string, of: (row: SweepRow) => number | undefined]

const COLUMNS: readonly Column[] = [
  ['ttl_s', ({ ttl }) => ttl],
  ['hit_rate', ({ hitRate }) => hitRate],
  ['hit_rate_theory', ({ theory }) => theory],
  ['age_mean_ms', ({ ageMs }) => ageMs?.mean],
  ['age_mean_theory_ms', ({ theoryAgeMs }) => theoryAgeMs],
  ['age_max_ms', ({ ageMs }) => ageMs?.max],
  ['origin_calls', ({ originCalls }) => originCalls],
  ['requests', ({ requests }) => requests],
  ['round_trip_mean_ms', ({ latencyMs }) => latencyMs.mean],
  ['round_trip_p95_ms', ({ latencyMs }) => latencyMs.p95],
]

const STALE_COLUMNS: readonly Column[] = [
  ['stale_rate', ({ stale }) => stale?.rate],
  ['stale_rate_theory', ({ theoryStale }) => theoryStale],
  ['stale_age_p95_ms', ({ stale }) => stale?.ageMs],
]

/** The rows as CSV (RFC 4180): numbers alone, so no cell can be a formula. */
export function sweepCsv(rows: readonly SweepRow[]): string {
  const columns = rows.some(isStaleRow) ? [...COLUMNS, ...STALE_COLUMNS] : COLUMNS
  const lines = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, of]) => String(of(row) ?? '')))]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}
