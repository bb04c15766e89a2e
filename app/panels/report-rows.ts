import type { Drawn } from '@/app/experiment/experiment-context'
import { bytes, count, ms, percent, perSecond, seconds, stretch } from '@/app/format'
import type { Report, Snapshot } from '@/lib/runs/report'
import { change, changeInPoints } from './change'

/** A line of the report: the figure, how it is written and how two are compared. */
interface ReportRow {
  id: string
  name: string
  about?: string
  /** Undefined where the report cannot know it. */
  of: (report: Report) => number | undefined
  write: (value: number) => string
  compare?: typeof change
  /** Known only when the run is over. */
  atEnd?: true
  /** What a prediction calls it. */
  figure?: Drawn['figure']
}

/** An age: seconds, and milliseconds below one. */
const age = (value: number): string => (value > 0 && value < 1000 ? ms(value) : stretch(value))

/** The report's lines, in the order of the table, the CSV and the text alternative of the charts. */
export const REPORT_ROWS: readonly ReportRow[] = [
  {
    id: 'hit_rate',
    name: 'Hit rate',
    about: '(hit + stale) / (requests − errors)',
    of: (r) => r.hitRate,
    write: percent,
    compare: changeInPoints,
    figure: 'hitRate',
  },
  { id: 'origin_calls', name: 'Origin calls', about: 'counted by the server', of: (r) => r.originCalls, write: count },
  { id: 'requests', name: 'Requests', of: (r) => r.requests, write: count },
  { id: 'errors', name: 'Errors', of: (r) => r.errors, write: count },
  { id: 'throughput_per_s', name: 'Throughput', of: (r) => r.throughput, write: perSecond, figure: 'throughput' },
  { id: 'duration_s', name: 'Duration', of: (r) => r.durationMs / 1000, write: seconds },
  {
    id: 'round_trip_p50_ms',
    name: 'p50',
    about: 'half of the round trips took no longer',
    of: (r) => r.latencyMs.p50,
    write: ms,
    figure: 'p50',
  },
  {
    id: 'round_trip_p95_ms',
    name: 'p95',
    about: '95 of 100 took no longer',
    of: (r) => r.latencyMs.p95,
    write: ms,
    figure: 'p95',
  },
  {
    id: 'round_trip_p99_ms',
    name: 'p99',
    about: '99 of 100 took no longer',
    of: (r) => r.latencyMs.p99,
    write: ms,
    figure: 'p99',
  },
  {
    id: 'round_trip_mean_ms',
    name: 'Mean',
    about: 'of the round trips: their sum, divided by how many they are',
    of: (r) => r.latencyMs.mean,
    write: ms,
    atEnd: true,
  },
  { id: 'round_trip_max_ms', name: 'Slowest', of: (r) => r.latencyMs.max, write: ms, atEnd: true },
  {
    id: 'handler_p50_ms',
    name: 'Handler p50',
    about: 'inside the handler alone',
    of: (r) => r.handlerMs.p50,
    write: ms,
  },
  {
    id: 'handler_p99_ms',
    name: 'Handler p99',
    about: 'inside the handler alone',
    of: (r) => r.handlerMs.p99,
    write: ms,
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
  { id: 'bytes', name: 'Bytes', of: (r) => r.bytes, write: bytes, atEnd: true },
]

/** The report of a run that still goes on: what its last snapshot tells, in the report's shape. */
export function reportSoFar(report: Report, { atMs, total }: Snapshot): Report {
  return {
    ...report,
    ...total,
    durationMs: Math.max(atMs, 0),
    latencyMs: { ...report.latencyMs, ...total.latencyMs },
    handlerMs: { ...report.handlerMs, ...total.handlerMs },
  }
}

/** A line's figure as it is written; a dash where the report cannot know it. */
export function writeRow({ of, write }: ReportRow, report: Report): string {
  const value = of(report)
  return value === undefined ? '–' : write(value)
}

/** How a line changed from one report to the next; nothing where one of them cannot know. */
export function compareRow({ of, compare = change }: ReportRow, before: Report, after: Report): string {
  const [from, to] = [of(before), of(after)]
  return from === undefined || to === undefined ? '' : compare(from, to)
}

/** A report as CSV (RFC 4180): a line a figure. Names are ours and values are numbers, so no cell can be a formula. */
export function reportCsv(report: Report): string {
  const { config } = report
  const lines = [
    ['figure', 'value'],
    ['resource', config.resource],
    ['strategy', config.strategy],
    ...REPORT_ROWS.map(({ id, of }) => [id, String(of(report) ?? '')]),
    ...Object.entries(report.outcomes).map(([outcome, value]) => [`outcome_${outcome}`, String(value)]),
  ]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}
