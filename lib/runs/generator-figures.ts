import { isEstimate, PERCENTILES } from './estimate'
import type { GeneratorFigures, Latency } from './report'
import { BUSY, JUDGED_FROM, LATE_MS, type Usability, usableUnless } from './usable'

/**
 * Judges whether a generator kept up with what it had to send.
 * @param pacing how late it sent what was due in an open loop, in milliseconds.
 * @param busy the share of the time in which its event loop worked; null if clients with a cache of their own are part
 * of what is measured, because they keep it busy.
 * @param requests how many were measured.
 */
export function judgeGenerator(
  pacing: Latency | undefined,
  busy: number | null,
  requests: number,
): { generator: GeneratorFigures; usable: Usability } {
  const usable = pacing
    ? usableUnless(...(latenessOf(pacing) > LATE_MS ? (['sent-late'] as const) : []))
    : usableUnless(...(busy !== null && busy > BUSY && requests >= JUDGED_FROM ? (['generator-busy'] as const) : []))
  return {
    generator: {
      pacingMs: pacing ? { p50: pacing.p50, p99: pacing.p99, max: pacing.max } : null,
      busy: pacing ? null : busy,
      usable: usable.ok,
      ...(usable.reasons[0] && { why: usable.reasons[0].words }),
    },
    usable,
  }
}

/**
 * Returns how late one request in a hundred was sent, in ms. Of fewer than 1,000 requests p99 rests on less than ten of
 * them, and one pause of the machine would decide: then it's the highest percentile with ten requests beyond it.
 */
function latenessOf(pacing: Latency): number {
  const names = ['p99', 'p95', 'p90'] as const
  return pacing[names.find((name) => !isEstimate(PERCENTILES[name], pacing.count)) ?? 'p50']
}
