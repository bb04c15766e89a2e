import { isHitRateKnown } from './hit-rate'
import type { Latency } from './report'

/** What a threshold may be about, as a report has it; what is not known is left out. */
export interface Held {
  latencyMs?: Latency
  hitRate?: number
  withoutCacheStatus?: number
  errors?: number
  requests?: number
  throughput?: number
  originCalls?: number
  stale?: { rate: number } | null
  /** Whether the metrics may be used; they may if it is absent. */
  usable?: { ok: boolean }
}

/** What became of one threshold. */
export interface Verdict {
  threshold: string
  /** In the unit of the figure itself: milliseconds, a part of 1, a count. Null where it is not known. */
  actual: number | null
  passed: boolean
  /** False if the metrics are unusable: then it has neither passed nor failed, and `passed` is false. */
  judged: boolean
}

/** What may be held to a threshold: its figure, in the unit it is given in. Names as the report has them. */
const METRICS = {
  min: { unit: 'ms', of: (report) => report.latencyMs?.min },
  mean: { unit: 'ms', of: (report) => report.latencyMs?.mean },
  p50: { unit: 'ms', of: (report) => report.latencyMs?.p50 },
  p90: { unit: 'ms', of: (report) => report.latencyMs?.p90 },
  p95: { unit: 'ms', of: (report) => report.latencyMs?.p95 },
  p99: { unit: 'ms', of: (report) => report.latencyMs?.p99 },
  'p99.9': { unit: 'ms', of: (report) => report.latencyMs?.p999 },
  max: { unit: 'ms', of: (report) => report.latencyMs?.max },
  hitRate: { unit: '%', of: (report) => (isHitRateKnown(report) ? report.hitRate : undefined) },
  staleRate: { unit: '%', of: (report) => report.stale?.rate },
  errors: { unit: '', of: (report) => report.errors },
  requests: { unit: '', of: (report) => report.requests },
  throughput: { unit: '/s', of: (report) => report.throughput },
  originCalls: { unit: '', of: (report) => report.originCalls },
} as const satisfies Record<string, { unit: string; of(report: Held): number | undefined }>
export type Metric = keyof typeof METRICS

const OPERATORS = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
} as const satisfies Record<string, (a: number, b: number) => boolean>

/** What a threshold takes, in words. */
export const THRESHOLD_TAKES = `one of ${Object.keys(METRICS).join(', ')}; <, <=, =, >= or >; a number: p95 < 50 ms, hitRate > 90 %, errors = 0`

/** Such as `p95 < 50 ms`. Spaces and the unit may be left out; `hitRate > 0.9` and `hitRate > 90 %` are the same. */
const SHAPE = /^\s*([a-zA-Z][\w.]*)\s*(<=|>=|<|>|==?)\s*(\d+(?:\.\d+)?)\s*(ms|s|%|\/s)?\s*$/

export interface Threshold {
  metric: Metric
  operator: keyof typeof OPERATORS
  /** Milliseconds, a part of 1, a count, or a count per second. */
  value: number
}

/** Read a threshold. Undefined where it is none: a figure that there is not, or a unit that is not the figure's. */
export function readThreshold(text: string): Threshold | undefined {
  const [, name = '', sign = '', digits = '', given = ''] = SHAPE.exec(text) ?? []
  if (!Object.hasOwn(METRICS, name)) return undefined
  const metric = name as Metric
  const { unit } = METRICS[metric]
  const inSeconds = unit === 'ms' && given === 's'
  if (given !== '' && given !== unit && !inSeconds) return undefined
  const scale = inSeconds ? 1000 : given === '%' ? 0.01 : 1
  const operator = (sign === '==' ? '=' : sign) as keyof typeof OPERATORS
  return { metric, operator, value: Number((Number(digits) * scale).toPrecision(12)) }
}

/**
 * Holds metrics against thresholds, each as {@link readThreshold} takes it. A threshold whose metric isn't known, such as
 * the origin calls of another server, has not passed. Unusable metrics aren't judged.
 */
export function holdAgainst(thresholds: readonly string[], figures: Held): Verdict[] {
  return thresholds.map((threshold) => {
    const read = readThreshold(threshold)
    const actual = read && METRICS[read.metric].of(figures)
    const judged = figures.usable?.ok ?? true
    const held = read !== undefined && actual !== undefined && OPERATORS[read.operator](actual, read.value)
    return { threshold, actual: actual ?? null, passed: judged && held, judged }
  })
}
