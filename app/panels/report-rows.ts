import type { Drawn } from '@/app/experiment/experiment-context'
import { bytes, count, estimated, ms, percent, perSecond, seconds, stretch } from '@/app/format'
import { isEstimate, PERCENTILES } from '@/lib/runs/estimate'
import { isHitRateKnown } from '@/lib/runs/hit-rate'
import type { Failure, Latency, Report, Snapshot } from '@/lib/runs/report'
import { change, changeInPoints } from './change'

/** A line of the report: the figure, how it is written and how two are compared. */
interface ReportRow {
  id: string
  name: string
  about?: string
  /** Undefined where the report cannot know it. */
  of: (report: Report) => number | undefined
  /** Whether it's a percentile with too few requests beyond it. */
  estimate?: (report: Report) => boolean
  write: (value: number) => string
  compare?: typeof change
  /** Known only when the run is over. */
  atEnd?: true
  /** Left out of the table where no report shown there knows of it. */
  rare?: true
  /** What a prediction calls it. */
  figure?: Drawn['figure']
}

/** Errors by kind, in words. */
const FAILURE_NAMES: Record<Failure, [name: string, about: string]> = {
  status: ['by status', 'answers that are no 2xx, 304 or 404'],
  timeout: ['timed out', 'no answer within 10 s'],
  connection: ['by connection', 'none could be made, or it broke'],
  overflow: ['overflowed', 'due, but so many waited already that they were never sent'],
}

const failureRows: readonly ReportRow[] = Object.entries(FAILURE_NAMES).map(([id, [name, about]]) => {
  const kind = id as Failure
  return {
    id: `errors_${kind}`,
    name: `Errors ${name}`,
    about,
    // Where there are errors, all kinds that occurred are told.
    of: (r) => (r.failures[kind] > 0 ? r.failures[kind] : undefined),
    write: count,
    atEnd: true,
    rare: true,
  }
})

/** A value of a latency, which tells nothing if no request is behind it; a percentile of few requests is an estimate. */
export function ofLatency(
  of: (report: Report) => Latency | null | undefined,
  key: Exclude<keyof Latency, 'count'>,
): Pick<ReportRow, 'of' | 'estimate' | 'write'> {
  const known = (report: Report) => {
    const latency = of(report)
    return latency && latency.count > 0 ? latency : undefined
  }
  const percentile = key in PERCENTILES ? PERCENTILES[key as keyof typeof PERCENTILES] : undefined
  return {
    of: (report) => known(report)?.[key],
    write: ms,
    ...(percentile !== undefined && { estimate: (report) => isEstimate(percentile, known(report)?.count ?? 0) }),
  }
}

/** Service times stand beside the latency where the two differ. */
const inOpenLoop = (r: Report) => (r.config.mode === 'open' ? r.serviceMs : undefined)
const ofWrites = (r: Report, value: number) => (r.config.writes > 0 ? value : undefined)

/** An age: seconds, and milliseconds below one. */
const age = (value: number): string => (value > 0 && value < 1000 ? ms(value) : stretch(value))

const STALE_AGES = [
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['max', 'longest'],
] as const

/** The report's lines, in the order of the table, the CSV and the text alternative of the charts. */
export const REPORT_ROWS: readonly ReportRow[] = [
  {
    id: 'hit_rate',
    name: 'Hit rate',
    about: '(hit + stale) / (requests − errors)',
    of: (r) => (isHitRateKnown(r) ? r.hitRate : undefined),
    write: percent,
    compare: changeInPoints,
    figure: 'hitRate',
  },
  { id: 'origin_calls', name: 'Origin calls', about: 'counted by the server', of: (r) => r.originCalls, write: count },
  { id: 'requests', name: 'Requests', of: (r) => r.requests, write: count },
  { id: 'errors', name: 'Errors', of: (r) => r.errors, write: count },
  ...failureRows,
  {
    id: 'retries',
    name: 'Sent twice',
    about: 'the server had closed the connection before a response came',
    of: (r) => (r.retries > 0 ? r.retries : undefined),
    write: count,
    atEnd: true,
    rare: true,
  },
  { id: 'throughput_per_s', name: 'Throughput', of: (r) => r.throughput, write: perSecond, figure: 'throughput' },
  { id: 'duration_s', name: 'Duration', of: (r) => r.durationMs / 1000, write: seconds },
  {
    id: 'round_trip_p50_ms',
    name: 'p50',
    about: 'half of the round trips took no longer',
    ...ofLatency((r) => r.latencyMs, 'p50'),
    figure: 'p50',
  },
  {
    id: 'round_trip_p95_ms',
    name: 'p95',
    about: '95 of 100 took no longer',
    ...ofLatency((r) => r.latencyMs, 'p95'),
    figure: 'p95',
  },
  {
    id: 'round_trip_p99_ms',
    name: 'p99',
    about: '99 of 100 took no longer',
    ...ofLatency((r) => r.latencyMs, 'p99'),
    figure: 'p99',
  },
  {
    id: 'round_trip_p999_ms',
    name: 'p99.9',
    about: '999 of 1,000 took no longer: under 1,000 requests, the slowest',
    ...ofLatency((r) => r.latencyMs, 'p999'),
    atEnd: true,
  },
  {
    id: 'service_p50_ms',
    name: 'Service time p50',
    about: 'from when a request was sent; the rows above count from when it was due',
    ...ofLatency(inOpenLoop, 'p50'),
    atEnd: true,
    rare: true,
  },
  {
    id: 'service_p99_ms',
    name: 'Service time p99',
    about: 'from when a request was sent; the rows above count from when it was due',
    ...ofLatency(inOpenLoop, 'p99'),
    atEnd: true,
    rare: true,
  },
  {
    id: 'round_trip_mean_ms',
    name: 'Mean',
    about: 'of the round trips: their sum, divided by how many they are',
    ...ofLatency((r) => r.latencyMs, 'mean'),
    atEnd: true,
  },
  { id: 'round_trip_max_ms', name: 'Slowest', ...ofLatency((r) => r.latencyMs, 'max'), atEnd: true },
  {
    id: 'failed_mean_ms',
    name: 'Errors took, mean',
    about: 'requests that ended in an error; they are not part of the round trips above',
    ...ofLatency((r) => r.failedLatencyMs, 'mean'),
    atEnd: true,
    rare: true,
  },
  {
    id: 'handler_p50_ms',
    name: 'Handler p50',
    about: 'inside the handler alone',
    ...ofLatency((r) => r.handlerMs, 'p50'),
  },
  {
    id: 'handler_p99_ms',
    name: 'Handler p99',
    about: 'inside the handler alone',
    ...ofLatency((r) => r.handlerMs, 'p99'),
  },
  {
    id: 'age_mean_ms',
    name: 'Age of answers, mean',
    about: 'since the entry that answered was stored, by the server; 0 for what was loaded for the request',
    of: (r) => r.ageMs?.mean,
    write: age,
    atEnd: true,
  },
  {
    id: 'age_max_ms',
    name: 'Age of answers, oldest',
    about: 'not known where HTTP caches of the clients answered',
    of: (r) => r.ageMs?.max,
    write: age,
    atEnd: true,
  },
  {
    id: 'stale_rate',
    name: 'Stale reads',
    about: 'given an older version than a write had been answered with before the read was sent',
    of: (r) => r.stale?.rate,
    write: percent,
    compare: changeInPoints,
    rare: true,
  },
  ...STALE_AGES.map(
    ([key, name]): ReportRow => ({
      id: `stale_age_${key}_ms`,
      name: `Stale for, ${name}`,
      about: 'of stale reads: since the first later version was answered',
      of: (r) => (r.stale && r.stale.requests > 0 ? r.stale.ageMs[key] : undefined),
      estimate: (r) => key !== 'max' && isEstimate(PERCENTILES[key], r.stale?.requests ?? 0),
      write: age,
      atEnd: true,
      rare: true,
    }),
  ),
  {
    id: 'writes',
    name: 'Writes',
    about: 'PATCH requests; all other rows are of reads',
    of: (r) => ofWrites(r, r.writes.requests),
    write: count,
    atEnd: true,
    rare: true,
  },
  {
    id: 'write_errors',
    name: 'Write errors',
    of: (r) => ofWrites(r, r.writes.errors),
    write: count,
    atEnd: true,
    rare: true,
  },
  {
    id: 'write_p50_ms',
    name: 'Write p50',
    ...ofLatency((r) => r.writes.latencyMs, 'p50'),
    atEnd: true,
    rare: true,
  },
  {
    id: 'write_p99_ms',
    name: 'Write p99',
    ...ofLatency((r) => r.writes.latencyMs, 'p99'),
    atEnd: true,
    rare: true,
  },
  {
    id: 'pacing_p99_ms',
    name: 'Pacing error p99',
    about: 'how late the load generator itself came to requests that were due',
    of: (r) => r.generator.pacingMs?.p99,
    estimate: (r) => isEstimate(PERCENTILES.p99, r.requests),
    write: ms,
    atEnd: true,
    rare: true,
  },
  {
    id: 'generator_busy',
    name: 'Generator busy',
    about: 'the part of the time in which the load generator itself worked: near all of it, it measures itself',
    of: (r) => r.generator.busy ?? undefined,
    write: percent,
    compare: changeInPoints,
    atEnd: true,
    rare: true,
  },
  { id: 'bytes', name: 'Bytes', of: (r) => r.bytes, write: bytes, atEnd: true },
]

/** The lines of a table of these reports. */
export const rowsOf = (reports: readonly Report[]): readonly ReportRow[] =>
  REPORT_ROWS.filter(({ rare, of }) => !rare || reports.some((report) => of(report) !== undefined))

/** The report of a run that still goes on: what its last snapshot tells, in the report's shape. */
export function reportSoFar(report: Report, { atMs, total: { staleRate, ...total } }: Snapshot): Report {
  const { stale } = report
  return {
    ...report,
    ...total,
    stale: stale && staleRate !== null ? { ...stale, rate: staleRate } : stale,
    durationMs: Math.max(atMs, 0),
    latencyMs: { ...report.latencyMs, count: total.requests - total.errors, ...total.latencyMs },
    handlerMs: total.handlerMs && {
      ...(report.handlerMs ?? report.latencyMs),
      count: total.requests - total.errors,
      ...total.handlerMs,
    },
  }
}

/** A line's figure as it is written; a dash where the report cannot know it, ≈ before an estimate. */
export function writeRow({ of, write, estimate }: ReportRow, report: Report): string {
  const value = of(report)
  if (value === undefined) return '–'
  return estimated(write(value), estimate?.(report) === true)
}

/** The ids of rows whose value is an estimate, separated by spaces: what ≈ is in a table of numbers. */
export const estimatesIn = (rows: readonly ReportRow[], report: Report): string =>
  rows
    .filter(({ of, estimate }) => of(report) !== undefined && estimate?.(report))
    .map(({ id }) => id)
    .join(' ')

/**
 * Returns how a metric changed from one report to the next; empty if one of them doesn't know it. Unusable metrics aren't
 * compared.
 */
export function compareRow({ of, compare = change }: ReportRow, before: Report, after: Report): string {
  if (!before.usable.ok || !after.usable.ok) return ''
  const [from, to] = [of(before), of(after)]
  return from === undefined || to === undefined ? '' : compare(from, to)
}

/** A report as CSV (RFC 4180): a line a figure. Names are ours and values are numbers, so no cell can be a formula. */
export function reportCsv(report: Report): string {
  const { config } = report
  const lines = [
    ['figure', 'value'],
    ['run', report.run],
    ['started_at', report.startedAt ?? ''],
    ['usable', String(report.usable.ok)],
    ['resource', config.resource],
    ['strategy', config.strategy],
    ['ttl_s', String(config.ttl)],
    ['via', config.via],
    ['host', config.host],
    ['workers', String(config.workers ?? '')],
    ['connections', String(config.connections)],
    ['seed', String(config.keys.seed)],
    ...REPORT_ROWS.map(({ id, of }) => [id, String(of(report) ?? '')]),
    ['estimates', estimatesIn(REPORT_ROWS, report)],
    ...Object.entries(report.statuses).map(([status, value]) => [`status_${status}`, String(value)]),
    ...Object.entries(report.outcomes).map(([outcome, value]) => [`outcome_${outcome}`, String(value)]),
  ]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}
