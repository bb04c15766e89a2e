import type { Report } from './report'

/** Bins of a decade: each is a fifth wider than the one before, so that two humps show as two, fast or slow. */
export const PER_DECADE = 12
/** What a histogram holds: from 1 µs to 2 min, which is 98 bins. */
export const LOWEST_MS = 0.001
export const HIGHEST_MS = 120_000

/** The lower edge of bin n in milliseconds, in four digits. */
export const edgeMs = (n: number): number => Number((LOWEST_MS * 10 ** (n / PER_DECADE)).toPrecision(4))

/** Their edges: bin n holds what is at least edge n and less than edge n + 1. */
const EDGES: readonly number[] = Array.from(
  { length: Math.ceil(Math.log10(HIGHEST_MS / LOWEST_MS) * PER_DECADE) + 1 },
  (_, n) => edgeMs(n),
)
const LAST = EDGES.length - 2

/** How many requests took how long, in bins as wide as the times in them are long. */
export interface Bins {
  /** Count milliseconds; what is out of range counts at the ends. */
  record(ms: number): void
  /** From the first bin that holds something to the last; those between may be empty. */
  distribution(): Report['distribution']
}

/** Bins that hold nothing yet. A record costs some 20 ns. */
export function logBins(): Bins {
  const counts = new Uint32Array(LAST + 1)
  return {
    record(ms) {
      const bin = binOf(ms)
      counts[bin] = (counts[bin] ?? 0) + 1
    },
    distribution() {
      const first = counts.findIndex((count) => count > 0)
      if (first < 0) return []
      const last = counts.findLastIndex((count) => count > 0)
      return [...counts.subarray(first, last + 1)].map((count, at) => ({
        fromMs: EDGES[first + at] ?? 0,
        toMs: EDGES[first + at + 1] ?? 0,
        count,
      }))
    },
  }
}

function binOf(ms: number): number {
  const near = Math.min(Math.max(Math.floor(Math.log10(ms / LOWEST_MS) * PER_DECADE), 0), LAST)
  // Rounded edges, and a logarithm's own error: it may be one off.
  if (ms < (EDGES[near] ?? 0)) return Math.max(near - 1, 0)
  return ms >= (EDGES[near + 1] ?? 0) ? Math.min(near + 1, LAST) : near
}
