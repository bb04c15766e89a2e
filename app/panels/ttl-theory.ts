/**
 * What theory says of a cache whose entries live for a TTL, asked for one key at random moments (a Poisson process), in
 * which a hit does not prolong the TTL: J. Jung, A. W. Berger and H. Balakrishnan, "Modeling TTL-based Internet
 * caches", INFOCOM 2003. A miss begins a cycle of one miss and, on average, λT hits in the T that follow.
 */

/** Answers that follow a miss before the TTL ends, on average: λT. */
const hitsInCycle = (rate: number, ttl: number) => rate * ttl

/** The share of hits, 0 to 1: λT / (1 + λT). `rate` in requests per second, `ttl` in seconds. */
export function theoryHitRate(rate: number, ttl: number): number {
  const hits = hitsInCycle(rate, ttl)
  return hits / (1 + hits)
}

/** The mean age of the answers, in milliseconds: hits are half a TTL old on average, the miss is new. */
export const theoryMeanAgeMs = (rate: number, ttl: number): number => ttl * 500 * theoryHitRate(rate, ttl)

/**
 * The share of answers that are outdated, 0 to 1, where no write reaches an entry: writes come at random, too, at
 * `writes` a second, and a hit is outdated where at least one came since its entry was loaded. Hits lie evenly over the
 * TTL, so it is the mean of 1 − e^(−w·age) over ages from 0 to T. `rate` is that of the reads, per second.
 */
export function theoryStaleRate(rate: number, writes: number, ttl: number): number {
  const written = writes * ttl
  return written === 0 ? 0 : theoryHitRate(rate, ttl) * (1 - (1 - Math.exp(-written)) / written)
}

/** Points of the curve, so many that a line through them looks round. */
const POINTS = 60

/** TTLs from 0 to `longest` seconds, closer together near 0, where the curve bends. */
export const curveTtls = (longest: number): number[] =>
  Array.from({ length: POINTS + 1 }, (_, i) => longest * (i / POINTS) ** 2)
