/** Tells whether a report's hit rate says anything: at least one answer said what a cache did. */
export const isHitRateKnown = ({
  requests = 0,
  errors = 0,
  withoutCacheStatus = 0,
}: {
  requests?: number
  errors?: number
  withoutCacheStatus?: number
}): boolean => withoutCacheStatus === 0 || withoutCacheStatus < requests - errors
