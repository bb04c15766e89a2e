import { count, ms, percent } from '@/app/format'
import type { Latency } from '@/lib/runs/report'

/** Requests whose round trip took from `fromMs` to less than `toMs`. */
export interface Bin {
  fromMs: number
  toMs: number
  count: number
}

/** A logarithmic axis: where a time stands on it, from 0 to 1, and the times that are written under it. */
export interface LogAxis {
  at(milliseconds: number): number
  ticks: readonly number[]
}

/** Ticks within a decade, where there are few decades, and where there are many. */
const FINE = [1, 2, 5]
const COARSE = [1]
const FEW_DECADES = 2

/** The axis that holds all bins. */
export function logAxis(bins: readonly Bin[]): LogAxis {
  // A logarithm has no place for 0: a bin from there on begins at half its end.
  const from = Math.min(...bins.map(({ fromMs, toMs }) => (fromMs > 0 ? fromMs : toMs / 2)))
  const to = Math.max(...bins.map(({ toMs }) => toMs))
  const [low, high] = [Math.log10(from), Math.log10(to)]
  const at = (milliseconds: number) =>
    Math.min(Math.max((Math.log10(Math.max(milliseconds, from)) - low) / (high - low), 0), 1)
  const within = high - low <= FEW_DECADES ? FINE : COARSE
  const powers = Array.from({ length: Math.floor(high) - Math.floor(low) + 1 }, (_, i) => Math.floor(low) + i)
  const ticks = powers
    .flatMap((power) => within.map((times) => Number(`${times}e${power}`)))
    .filter((tick) => tick >= from && tick <= to)
  return { at, ticks }
}

/** What the drawing marks. */
export type Spread = Pick<Latency, 'mean' | 'p50' | 'p95' | 'p99'>

/**
 * What the drawing shows, in sentences: where most are, and how many are where the mean is.
 * @param what is spread, in the plural.
 */
export function spreadInWords(bins: readonly Bin[], { mean, p50, p95, p99 }: Spread, what = 'round trips'): string {
  const all = bins.reduce((sum, bin) => sum + bin.count, 0)
  const fullest = bins.reduce((most, bin) => (bin.count > most.count ? bin : most))
  const ofMean = bins.find(({ fromMs, toMs }) => mean >= fromMs && mean < toMs)
  const share = (bin: Bin | undefined) => percent((bin?.count ?? 0) / all)
  const span = ({ fromMs, toMs }: Bin) => `from ${ms(fromMs)} to ${ms(toMs)}`
  return [
    `${count(all)} ${what}. The fullest bar is ${span(fullest)}: ${share(fullest)} of them.`,
    `The mean is ${ms(mean)}; ${share(ofMean)} took about that long.`,
    `p50 is ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}.`,
  ].join(' ')
}
