import { count, ms, percent, perSecond } from '@/app/format'
import type { Report } from '@/lib/runs/report'
import { readThreshold } from '@/lib/runs/thresholds'

/** A threshold as it was given, and what the run came to, with its unit. */
export function thresholdInWords({ threshold, actual }: Report['thresholds'][number]): {
  threshold: string
  actual: string
} {
  const metric = readThreshold(threshold)?.metric
  if (actual === null || metric === undefined) return { threshold, actual: 'not known' }
  return { threshold, actual: WRITE[metric]?.(actual) ?? ms(actual) }
}

/** All others are latencies. */
const WRITE: Partial<Record<string, (value: number) => string>> = {
  hitRate: percent,
  errors: count,
  requests: count,
  throughput: perSecond,
  originCalls: count,
}
