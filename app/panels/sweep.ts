import type { Report } from '@/lib/runs/report'
import { theoryHitRate, theoryMeanAgeMs } from './ttl-theory'

/** What all runs of a sweep have in common. Texts are as typed: the server judges them. */
export interface SweepSettings {
  strategy: string
  /** Requests per second. */
  rate: string
  /** Seconds that each run lasts. */
  seconds: string
  seed: string
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
}

/** The part of a run's report that a sweep keeps. */
type Measured = Pick<Report, 'requests' | 'originCalls' | 'hitRate' | 'run'> & Pick<SweepPoint, 'ageMs'>

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

/** A run has ended in good order. What is no run of this sweep changes nothing. */
export function withReport(sweep: Sweep, report: Measured): Sweep {
  const ttl = nextTtl(sweep)
  if (sweep.run !== report.run || ttl === undefined) return sweep
  const { run, requests, originCalls, hitRate, ageMs } = report
  const points = [...sweep.points, { ttl, run, requests, originCalls, hitRate, ageMs }]
  return { ...sweep, points, run: undefined, status: points.length === sweep.ttls.length ? 'over' : sweep.status }
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
}

/** The rows of the table, of the charts and of the CSV. */
export function sweepRows({ points, settings }: Sweep): SweepRow[] {
  const rate = Number(settings.rate)
  return points.map((point) => ({
    ...point,
    theory: theoryHitRate(rate, point.ttl),
    theoryAgeMs: theoryMeanAgeMs(rate, point.ttl),
  }))
}

/** What the panel tells its experiment: `hitRate@0.5` and `theory@0.5` in percent, `age@0.5` in milliseconds. */
export const sweepFigures = (rows: readonly SweepRow[]): [name: string, value: number][] =>
  rows.flatMap(({ ttl, hitRate, theory, ageMs }): [string, number][] => [
    [`hitRate@${ttl}`, hitRate * 100],
    [`theory@${ttl}`, theory * 100],
    ...(ageMs ? ([[`age@${ttl}`, ageMs.mean]] as [string, number][]) : []),
  ])

const COLUMNS: readonly [name: string, of: (row: SweepRow) => number | undefined][] = [
  ['ttl_s', ({ ttl }) => ttl],
  ['hit_rate', ({ hitRate }) => hitRate],
  ['hit_rate_theory', ({ theory }) => theory],
  ['age_mean_ms', ({ ageMs }) => ageMs?.mean],
  ['age_mean_theory_ms', ({ theoryAgeMs }) => theoryAgeMs],
  ['age_max_ms', ({ ageMs }) => ageMs?.max],
  ['origin_calls', ({ originCalls }) => originCalls],
  ['requests', ({ requests }) => requests],
]

/** The rows as CSV (RFC 4180): numbers alone, so no cell can be a formula. */
export function sweepCsv(rows: readonly SweepRow[]): string {
  const lines = [COLUMNS.map(([name]) => name), ...rows.map((row) => COLUMNS.map(([, of]) => String(of(row) ?? '')))]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}
