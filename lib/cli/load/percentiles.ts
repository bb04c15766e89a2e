import { isEstimate } from '../../runs/estimate'
import type { Measured } from '../../runs/figures'

/** A percentile, and whether it was measured: counted, with enough requests beyond it. */
export interface Percentile {
  percentile: number
  ms: number
  exact: boolean
}

/** As close as two percentiles have to be to count as one. */
const SAME = 0.02

/**
 * The latency below which so many percent of the requests were. Those of the summary and of the curve are counted; the
 * others are read between their neighbors. Inexact are these, and those with too few requests beyond them.
 */
export function percentileOf({ latencyMs, percentiles }: Measured, percentile: number): Percentile {
  const known = [
    ...percentiles,
    { percentile: 50, ms: latencyMs.p50 },
    { percentile: 90, ms: latencyMs.p90 },
    { percentile: 95, ms: latencyMs.p95 },
    { percentile: 99, ms: latencyMs.p99 },
    { percentile: 99.9, ms: latencyMs.p999 },
  ].toSorted((a, b) => a.percentile - b.percentile)
  const same = known.find((point) => Math.abs(point.percentile - percentile) <= SAME)
  if (same) return { percentile, ms: same.ms, exact: !isEstimate(percentile, latencyMs.count) }
  const above = known.find((point) => point.percentile > percentile) ?? { percentile: 100, ms: latencyMs.max }
  const below = known.findLast((point) => point.percentile < percentile) ?? { percentile: 0, ms: latencyMs.min }
  const part = (percentile - below.percentile) / (above.percentile - below.percentile)
  return { percentile, ms: below.ms + part * (above.ms - below.ms), exact: false }
}
