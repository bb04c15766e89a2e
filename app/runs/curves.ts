import type { Report } from '@/lib/runs/report'

/** A point of a line; both are as drawn, which may be a logarithm. */
export interface Point {
  x: number
  y: number
}

/** Where a percentile stands on a scale of nines: 90 at 1, 99 at 2, 99.9 at 3. Below 100. */
export const ninesOf = (percentile: number): number => Math.log10(1 / (1 - percentile / 100))

/** The percentile at a number of nines, as it is written: `0`, `90`, `99`, `99.9`. */
export const percentileAt = (nines: number): string =>
  nines === 0 ? '0' : nines <= 2 ? String(100 - 10 ** (2 - nines)) : `99.${'9'.repeat(nines - 2)}`

/**
 * A run's percentile curve. The slowest of n requests stands where one request in n does, since 100 % would be
 * infinitely far away.
 */
export function percentileCurve({ percentiles, requests, failures }: Report): Point[] {
  // What was never sent has no latency.
  const last = Math.log10(Math.max(requests - failures.overflow, 1))
  const points: Point[] = []
  for (const { percentile, ms } of percentiles) {
    const before = points.at(-1)?.x ?? 0
    points.push({ x: percentile < 100 ? ninesOf(percentile) : Math.max(last, before), y: ms })
  }
  return points
}

/** Share of the requests by bin, as the corners of a line of steps: x is the logarithm of milliseconds, y of 0 to 100. */
export function distributionSteps({ distribution }: Report): Point[] {
  const all = distribution.reduce((sum, { count }) => sum + count, 0)
  const last = distribution.at(-1)
  const first = distribution[0]
  if (all === 0 || !first || !last) return []
  return [
    { x: logOf(first), y: 0 },
    ...distribution.map((bin) => ({ x: logOf(bin), y: (bin.count / all) * 100 })),
    { x: Math.log10(last.toMs), y: 0 },
  ]
}

// A logarithm has no place for 0: the bin from there on begins at half its end.
const logOf = ({ fromMs, toMs }: Report['distribution'][number]) => Math.log10(fromMs > 0 ? fromMs : toMs / 2)
