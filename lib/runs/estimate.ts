/** Requests beyond a percentile, so that it says something about the server and not about the one or two slowest. */
const BEYOND = 10

/**
 * Tells whether a percentile is an estimate: fewer than ten requests lie beyond it. p99 takes 1,000 requests, p95 takes 200.
 * It's marked with ≈ wherever it's shown.
 * @param percentile from 0 to 100.
 * @param count the requests that it's of.
 */
export const isEstimate = (percentile: number, count: number): boolean =>
  // 100 − 99.9 is a little less than 0.1.
  (count * (100 - percentile)) / 100 < BEYOND - 1e-6

/** The percentiles of a latency, by their names there. */
export const PERCENTILES = { p50: 50, p90: 90, p95: 95, p99: 99, p999: 99.9 } as const
