import { count, ms, percent } from '@/app/format'
import { ofLatency, REPORT_ROWS } from '@/app/panels/report-rows'
import { isEstimate, PERCENTILES } from '@/lib/runs/estimate'
import type { Failure, Latency, Report } from '@/lib/runs/report'

type Row = (typeof REPORT_ROWS)[number]
type Part = Exclude<keyof Latency, 'count'>

const ERRORS: Record<Failure, string> = {
  status: 'errors by another status than 2xx, 304 or 404',
  timeout: 'errors without an answer in 10 s',
  connection: 'errors without a connection, or with one that broke',
  overflow: 'errors of requests that were due, but too many were waiting already',
}
const FAILURES = Object.keys(ERRORS) as Failure[]

/** The percentiles of a latency as lines. The id is that of a column. */
const latencyRows = (
  id: string,
  name: string,
  of: (report: Report) => Latency | null | undefined,
  keys: readonly Part[],
): Row[] =>
  keys.map((key) => ({
    id: `${id}_${key}_ms`,
    name: `${name} ${NAMES[key]}`,
    ...ofLatency(of, key),
  }))

const NAMES: Record<Part, string> = {
  min: 'fastest',
  mean: 'mean',
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  p999: 'p99.9',
  max: 'slowest',
}
const ALL = Object.keys(NAMES) as Part[]

const own: readonly Row[] = [
  ...latencyRows('round_trip', 'Round trip', ({ latencyMs }) => latencyMs, ALL),
  ...latencyRows('failed', 'Errors took', ({ failedLatencyMs }) => failedLatencyMs, ['mean', 'p50', 'p99', 'max']),
  ...latencyRows('service', 'Service', ({ serviceMs }) => serviceMs, ALL),
  ...latencyRows('handler', 'Handler', ({ handlerMs }) => handlerMs, ALL),
  ...FAILURES.map(
    (kind): Row => ({
      id: `errors_${kind}`,
      name: `Errors: ${kind}`,
      about: ERRORS[kind],
      of: ({ failures }) => failures[kind],
      write: count,
    }),
  ),
  { id: 'writes', name: 'Writes', of: ({ writes }) => writes.requests, write: count },
  { id: 'write_errors', name: 'Write errors', of: ({ writes }) => writes.errors, write: count },
  ...latencyRows('write', 'Write', ({ writes }) => (writes.requests > 0 ? writes.latencyMs : undefined), ALL),
  {
    id: 'pacing_p99_ms',
    name: 'Pacing error p99',
    of: ({ generator }) => generator.pacingMs?.p99,
    estimate: ({ requests }) => isEstimate(PERCENTILES.p99, requests),
    write: ms,
  },
  { id: 'generator_busy', name: 'Generator busy', of: ({ generator }) => generator.busy ?? undefined, write: percent },
]

/**
 * Every figure that a report has, each with an id that holds its unit: the lines of the table and the columns of the
 * CSV. A panel leaves some out that say little there, and calls others by shorter names; here all of a kind are together.
 */
export const ALL_FIGURES: readonly Row[] = [
  ...REPORT_ROWS.filter(({ id }) => !own.some((row) => row.id === id)),
  ...own,
]

/** Figures that say nothing in all of these reports, such as those of writes where nothing was written. */
export const figuresOf = (reports: readonly Report[]): Row[] =>
  ALL_FIGURES.filter(({ id, of }) => {
    const values = reports.map(of)
    if (values.every((value) => value === undefined)) return false
    return !/^(errors_|write)/.test(id) || values.some((value) => value !== 0)
  })

/** A figure of which repeats are compared: above 0, and with a word for what is better. */
export interface Compared {
  name: string
  of: (report: Report) => number
  words: { less: string; more: string }
}

export const COMPARED: readonly Compared[] = [
  { name: 'p50', of: ({ latencyMs }) => latencyMs.p50, words: { less: 'faster', more: 'slower' } },
  { name: 'p95', of: ({ latencyMs }) => latencyMs.p95, words: { less: 'faster', more: 'slower' } },
  { name: 'p99', of: ({ latencyMs }) => latencyMs.p99, words: { less: 'faster', more: 'slower' } },
  { name: 'Mean', of: ({ latencyMs }) => latencyMs.mean, words: { less: 'faster', more: 'slower' } },
  { name: 'Throughput', of: ({ throughput }) => throughput, words: { less: 'less', more: 'more' } },
  { name: 'Hit rate', of: ({ hitRate }) => hitRate, words: { less: 'lower', more: 'higher' } },
  { name: 'Origin calls', of: ({ originCalls }) => originCalls, words: { less: 'fewer', more: 'more' } },
]
