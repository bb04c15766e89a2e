import { count, ms, percent, perSecond, plural } from '@/app/format'
import type { Report } from '@/lib/runs/report'
import { type Metric, readThreshold } from '@/lib/runs/thresholds'

const WRITE: Partial<Record<Metric, (value: number) => string>> = {
  hitRate: percent,
  staleRate: percent,
  throughput: perSecond,
  errors: count,
  requests: count,
  originCalls: count,
}

/** The figure that a threshold was held against, in the words of the report. */
export function actualInWords({ threshold, actual }: Report['thresholds'][number]): string {
  if (actual === null) return 'not known'
  const metric = readThreshold(threshold)?.metric
  return ((metric && WRITE[metric]) ?? ms)(actual)
}

/** The verdict on one threshold. */
export const wordOf = ({ judged, passed }: Report['thresholds'][number]): 'held' | 'failed' | 'not judged' =>
  judged ? (passed ? 'held' : 'failed') : 'not judged'

/** `2 of 3 thresholds held` */
export function verdictInWords(thresholds: Report['thresholds']): string {
  if (thresholds.some(({ judged }) => !judged)) return 'Thresholds not judged: the metrics are unusable'
  const held = thresholds.filter(({ passed }) => passed).length
  if (thresholds.length === 1) return held === 1 ? 'The threshold held' : 'The threshold did not hold'
  const of = plural(thresholds.length, 'threshold')
  if (held === thresholds.length) return `All ${of} held`
  return `${held === 0 ? 'None' : count(held)} of ${of} held`
}
