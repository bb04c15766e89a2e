import { readCacheStatus } from '../http/cache-status'
import type { Outcome } from '../reading'

/**
 * Gives the outcome of a request from its status and its `Cache-Status` (RFC 9211). The last member, the tier nearest to
 * us, speaks first; if it forwarded the request, the one before it does. 404 is an answer; any other status except 2xx
 * and 304 is an error.
 */
export function outcomeOf(status: number, cacheStatus: string): Outcome {
  if (!((status >= 200 && status < 300) || status === 304 || status === 404)) return 'error'
  const members = readCacheStatus(cacheStatus)
  for (let at = members.length - 1; at >= 0; at -= 1) {
    const { hit, ttl = 0, fwd, fwdStatus, collapsed } = members[at] ?? {}
    if (hit) return ttl < 0 ? 'stale' : 'hit'
    // It asked in vain, and gave what it had (RFC 5861, 4): `hit` and `fwd` exclude each other (RFC 9211, 2.1).
    if (fwd === 'stale' && ttl < 0 && fwdStatus !== 304) return 'stale'
    // Before the 304 of the fetch that it waited for: that one was another request's.
    if (status !== 304 && collapsed) return 'coalesced'
    if (fwdStatus === 304) return 'revalidated'
  }
  if (status === 304) return 'revalidated'
  // One tier that was consulted is enough for it to be no bypass.
  return members.length > 0 && members.every(({ fwd }) => fwd === 'bypass') ? 'bypass' : 'miss'
}

/** The milliseconds of the `handler` metric of a `Server-Timing`, where it has one. */
export function handlerMs(serverTiming: string): number | undefined {
  const at = serverTiming.lastIndexOf('handler;dur=')
  if (at < 0) return undefined
  const ms = Number.parseFloat(serverTiming.slice(at + 'handler;dur='.length))
  return Number.isFinite(ms) ? ms : undefined
}
