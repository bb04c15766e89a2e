import type { Outcome } from '../reading'

/**
 * What became of a request, from its status and its `Cache-Status` (RFC 9211), of which the last member, the tier
 * nearest to us, speaks first. 404 is an answer; anything else that is no 2xx or 304 is an error.
 */
export function outcomeOf(status: number, cacheStatus: string): Outcome {
  if (!((status >= 200 && status < 300) || status === 304 || status === 404)) return 'error'
  if (/; hit\b/.test(cacheStatus)) return /; hit\b[^,]*; ttl=-/.test(cacheStatus) ? 'stale' : 'hit'
  if (status === 304 || cacheStatus.includes('fwd-status=304')) return 'revalidated'
  if (cacheStatus.includes('; collapsed')) return 'coalesced'
  if (cacheStatus.includes('fwd=bypass')) return 'bypass'
  return 'miss'
}

/** The milliseconds of the `handler` metric of a `Server-Timing`, where it has one. */
export function handlerMs(serverTiming: string): number | undefined {
  const at = serverTiming.lastIndexOf('handler;dur=')
  if (at < 0) return undefined
  const ms = Number.parseFloat(serverTiming.slice(at + 'handler;dur='.length))
  return Number.isFinite(ms) ? ms : undefined
}
