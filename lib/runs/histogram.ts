import { build, type Histogram, initWebAssembly } from 'hdr-histogram-js'
import { type Latency, NO_LATENCY } from './report'

/** Two minutes, in microseconds: longer than any request may take. */
const HIGHEST_US = 120_000_000

/** Points of a percentile curve from one nine to the next: 90 to 99, 99 to 99.9. */
const PER_NINE = 8

/** Points that people name and the scale passes by. */
const NAMED = [10, 25, 50, 75, 95]

export interface LatencyHistogram {
  /** Record milliseconds, kept as whole microseconds with an error of 0.1 % at most. */
  record(ms: number): void
  summary(): Latency
  /** Percentiles on a scale of nines (0, 25, 44, …, 90, …, 99, …), the last of them 100. Empty where nothing was recorded. */
  curve(): { percentile: number; ms: number }[]
}

/** The latest of a latency, its oldest part forgotten bit by bit. */
export interface SlidingHistogram {
  record(ms: number): void
  /** Of all that is remembered; undefined if that is nothing. */
  percentiles(): Pick<Latency, 'p50' | 'p95' | 'p99'> | undefined
  /** Begin a new slot, and forget the oldest where there is one too many. */
  slide(): void
}

/** Load what the histograms need. Once, before the first. */
export const loadHistograms = initWebAssembly

/** An HdrHistogram from 1 µs to 2 min with three significant digits: 35-60 ns a record, and it can be merged. */
export function latencyHistogram(): LatencyHistogram {
  const histogram = empty()
  return {
    record: (ms) => histogram.recordValue(microseconds(ms)),
    summary() {
      if (histogram.totalCount === 0) return NO_LATENCY
      return {
        count: histogram.totalCount,
        min: histogram.minNonZeroValue / 1000,
        mean: histogram.mean / 1000,
        p50: at(histogram, 50),
        p90: at(histogram, 90),
        p95: at(histogram, 95),
        p99: at(histogram, 99),
        p999: at(histogram, 99.9),
        max: histogram.maxValue / 1000,
      }
    },
    curve() {
      const { totalCount } = histogram
      if (totalCount === 0) return []
      // The k-th point is at 1 - 10^(-k/8); beyond one request in as many as there are, only the slowest is left.
      const points = Math.floor(Math.log10(totalCount) * PER_NINE)
      const nines = Array.from({ length: points + 1 }, (_, k) => 100 * (1 - 10 ** (-k / PER_NINE)))
      return [...nines, ...NAMED, 100]
        .sort((a, b) => a - b)
        .map((percentile) => ({ percentile, ms: at(histogram, percentile) }))
    },
  }
}

/**
 * A histogram of the last `slots` slots, merged anew each time it is read: 0.4 ms, whatever was recorded. (Sorting the
 * samples took 33 ms at 100,000 requests/s, which a cache of the client's own reaches, and held the load up meanwhile.)
 */
export function slidingHistogram(slots: number): SlidingHistogram {
  // Used in turns: what WebAssembly has given to a histogram, it does not take back by itself.
  const ring = Array.from({ length: slots }, empty)
  const merged = empty()
  let newest = 0
  return {
    record: (ms) => ring[newest]?.recordValue(microseconds(ms)),
    percentiles() {
      merged.reset()
      for (const slot of ring) if (slot.totalCount > 0) merged.add(slot)
      if (merged.totalCount === 0) return undefined
      return { p50: at(merged, 50), p95: at(merged, 95), p99: at(merged, 99) }
    },
    slide() {
      newest = (newest + 1) % slots
      ring[newest]?.reset()
    },
  }
}

const empty = (): Histogram =>
  build({
    useWebAssembly: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
  })

const microseconds = (ms: number): number => Math.min(Math.max(Math.round(ms * 1000), 1), HIGHEST_US)

/** A histogram knows a percentile by the upper end of its bucket, which may be above all that was recorded. */
const at = (histogram: Histogram, percentile: number): number =>
  Math.min(histogram.getValueAtPercentile(percentile), histogram.maxValue) / 1000
