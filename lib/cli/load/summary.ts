import { OUTCOMES } from '../../reading'
import { isEstimate, PERCENTILES } from '../../runs/estimate'
import type { Measured } from '../../runs/figures'
import { isHitRateKnown } from '../../runs/hit-rate'
import { FAILURES, type Failure, type Latency } from '../../runs/report'
import { readThreshold, type Verdict } from '../../runs/thresholds'
import type { LoadOptions } from './options'
import { percentileOf } from './percentiles'
import { bytes, count, ms, percent, perSecond, plural, seconds, stretch } from './units'

/** What came of a load, for a person to read. */

/** Percentiles of the summary, and what the service time of an open loop has of them. */
const ROWS_OF_LATENCY: readonly { at: number; service?: keyof Latency }[] = [
  { at: 10 },
  { at: 25 },
  { at: 50, service: 'p50' },
  { at: 75 },
  { at: 90, service: 'p90' },
  { at: 95, service: 'p95' },
  { at: 99, service: 'p99' },
  { at: 99.9, service: 'p999' },
]
/** Rows of the histogram, and columns of its longest bar. */
const ROWS = 14
const BAR = 40
const NAME = 14

const FAILED: Record<Failure, string> = {
  status: 'answered with another status than 2xx, 304 or 404',
  timeout: 'had no whole answer in 10 s',
  connection: 'found no connection, or one that broke',
  overflow: 'were due while 10,000 waited already',
}

export interface Outcome {
  options: LoadOptions
  measured: Measured
  verdicts: readonly Verdict[]
  /** Why it ended before it was done. */
  cutShort?: string
}

/** The summary, its lines parted by newlines. */
export function summaryOf({ options, measured, verdicts, cutShort }: Outcome): string {
  const { mode } = options.config
  const warning = unusable(measured)
  const parts = [
    warning,
    [
      `Target    ${options.target.url}`,
      `Load      ${loadInWords(options)}`,
      ...(cutShort ? [`Ended     ${cutShort}`] : []),
    ],
    totals(measured),
    measured.latencyMs.count > 0 ? latency(measured, mode) : [],
    bars(measured),
    statuses(measured),
    outcomes(measured),
    errors(measured),
    generator(measured),
    thresholds(verdicts),
    warning,
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** What was asked for, in words: also what the figures have to be read by. */
export function loadInWords({ config, target }: LoadOptions): string {
  const { requests, durationMs = 0, rate, connections, arrivals, keys, warmupMs } = config
  const length = requests === undefined ? stretch(durationMs) : plural(requests, 'request')
  const over = `over ${plural(connections, 'connection')}`
  const loop =
    rate === undefined
      ? `closed loop ${over}`
      : `open loop, ${perSecond(rate)} (${arrivals === 'even' ? 'evenly spaced' : 'Poisson'}) ${over}`
  const drawn =
    keys.kind === 'one'
      ? ''
      : `, ${plural(target.paths.length, 'key')} ${keys.kind === 'zipf' ? `by Zipf(${keys.s})` : 'all alike'}, seed ${keys.seed}`
  return `${length}, ${loop}${drawn}${warmupMs > 0 ? `, after ${stretch(warmupMs)} of warm-up` : ''}`
}

function unusable({ usable }: Measured): string[] {
  if (usable.ok) return []
  return ['!! DON’T USE THESE METRICS.', ...usable.reasons.map(({ code, words }) => `!! ${words} (${code})`)]
}

function totals({ requests, durationMs, latencyMs, throughput, bytes: received }: Measured): string[] {
  const line = (name: string, text: string) => `  ${name.padEnd(NAME)}${text}`
  return [
    'Summary',
    line('Requests', count(requests)),
    line('Total', seconds(durationMs)),
    ...(latencyMs.count === 0
      ? []
      : [line('Slowest', ms(latencyMs.max)), line('Fastest', ms(latencyMs.min)), line('Average', ms(latencyMs.mean))]),
    ...(requests === 0
      ? []
      : [
          line('Throughput', perSecond(throughput)),
          line('Received', `${bytes(received)} in bodies, ${bytes(received / requests)} a request`),
        ]),
  ]
}

function latency(measured: Measured, mode: 'closed' | 'open'): string[] {
  const { serviceMs, handlerMs } = measured
  const open = mode === 'open'
  const rows = ROWS_OF_LATENCY.map(({ at, service }) => {
    const { ms: value, exact } = percentileOf(measured, at)
    const cell = `${exact ? '' : '≈ '}${ms(value)}`.padStart(14)
    const beside = open ? (service ? marked(at, serviceMs.count, serviceMs[service]) : '').padStart(14) : ''
    return `  ${`${at} %`.padStart(7)}${cell}${beside}`.trimEnd()
  })
  const title = open
    ? [
        'Latency, from when a request was due; service time, from when it was sent',
        `${' '.repeat(9)}${'latency'.padStart(14)}${'service'.padStart(14)}`,
      ]
    : ['Latency: so many of the requests took no longer']
  const handler =
    handlerMs !== null
      ? [
          `  in the handler (Server-Timing): ${(['p50', 'p95', 'p99'] as const).map((name) => `${name} ${marked(PERCENTILES[name], handlerMs.count, handlerMs[name])}`).join(', ')}`,
        ]
      : []
  return [...title, ...rows, ...handler]
}

/** A percentile with ≈ before it if it's an estimate. */
const marked = (percentile: number, of: number, value: number): string =>
  `${isEstimate(percentile, of) ? '≈ ' : ''}${ms(value)}`

/** The latencies as bars: bins that grow by the same factor, so that fast and slow ones are both to be seen. */
function bars({ distribution }: Measured): string[] {
  if (distribution.length === 0) return []
  const together = Math.ceil(distribution.length / ROWS)
  const bins = Array.from({ length: Math.ceil(distribution.length / together) }, (_, row) => {
    const part = distribution.slice(row * together, (row + 1) * together)
    return {
      fromMs: part[0]?.fromMs ?? 0,
      toMs: part.at(-1)?.toMs ?? 0,
      count: part.reduce((sum, bin) => sum + bin.count, 0),
    }
  })
  const most = Math.max(...bins.map((bin) => bin.count))
  const width = count(most).length
  return [
    'Histogram, each step a factor',
    ...bins.map(({ fromMs, toMs, count: inside }) => {
      const length = inside === 0 ? 0 : Math.max(Math.round((inside / most) * BAR), 1)
      const range = `${ms(fromMs).padStart(10)} to ${ms(toMs).padStart(10)}`
      return `  ${range}  ${count(inside).padStart(width)}  ${'■'.repeat(length)}`.trimEnd()
    }),
  ]
}

function statuses({ statuses: counts, retries, requests }: Measured): string[] {
  const width = count(requests).length
  return [
    ...(Object.keys(counts).length > 0 ? ['Status codes'] : []),
    ...Object.entries(counts).map(
      ([status, n]) => `  ${status.padEnd(NAME)}${count(n).padStart(width)}   ${percent(n / requests)}`,
    ),
    ...(retries > 0
      ? [`  ${plural(retries, 'request')} sent twice: the server had closed the connection before a response came`]
      : []),
  ]
}

function outcomes(measured: Measured): string[] {
  const { requests, hitRate, withoutCacheStatus } = measured
  if (requests === 0) return []
  const counts = { ...measured.outcomes, bypass: measured.outcomes.bypass - withoutCacheStatus }
  const width = count(requests).length
  const told = OUTCOMES.filter((outcome) => counts[outcome] > 0)
  return [
    'Outcomes, by Cache-Status',
    ...told.map(
      (outcome) =>
        `  ${outcome.padEnd(NAME)}${count(counts[outcome]).padStart(width)}   ${percent(counts[outcome] / requests)}`,
    ),
    ...(withoutCacheStatus > 0
      ? [
          `  ${'unknown'.padEnd(NAME)}${count(withoutCacheStatus).padStart(width)}   ${percent(withoutCacheStatus / requests)}`,
        ]
      : []),
    isHitRateKnown(measured)
      ? `  ${'Hit rate'.padEnd(NAME)}${percent(hitRate)} of the answers`
      : `  ${'Hit rate'.padEnd(NAME)}unknown: no response has a Cache-Status that says what a cache did`,
  ]
}

function errors({ errors: failed, failures, failedLatencyMs, requests }: Measured): string[] {
  if (failed === 0) return []
  const width = count(failed).length
  return [
    `Errors: ${count(failed)} of ${plural(requests, 'request')}, ${percent(failed / requests)}`,
    ...FAILURES.filter((kind) => failures[kind] > 0).map(
      (kind) => `  ${count(failures[kind]).padStart(width)}  ${FAILED[kind]}`,
    ),
    ...(failedLatencyMs.count > 0
      ? [
          `  They took ${ms(failedLatencyMs.mean)} on average, ${ms(failedLatencyMs.max)} at most, and aren’t part of the latency.`,
        ]
      : []),
  ]
}

function generator({ generator: { pacingMs, busy }, requests }: Measured): string[] {
  if (pacingMs) {
    const { p50, p99, max } = pacingMs
    return [
      `Load generator: requests were sent late by ${marked(50, requests, p50)} (p50), ${marked(99, requests, p99)} (p99), ${ms(max)} at most`,
    ]
  }
  return busy === null ? [] : [`Load generator: at work ${percent(busy)} of the time`]
}

function thresholds(verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return []
  const width = Math.max(...verdicts.map(({ threshold }) => threshold.length))
  return [
    'Thresholds',
    ...verdicts.map((verdict) => `  ${markOf(verdict)} ${verdict.threshold.padEnd(width)}   ${actualOf(verdict)}`),
  ]
}

const markOf = ({ judged, passed }: Verdict): string => (judged ? (passed ? '✓' : '✗') : '– not judged:')

/** What a threshold was held against, with its unit. */
function actualOf({ threshold, actual }: Verdict): string {
  if (actual === null) return 'not known'
  const metric = readThreshold(threshold)?.metric
  if (metric === 'hitRate') return percent(actual)
  if (metric === 'throughput') return perSecond(actual)
  return metric === 'errors' || metric === 'requests' || metric === 'originCalls' ? count(actual) : ms(actual)
}
