import type { Outcome } from '../reading'

/**
 * What became of a request, from its status and its `Cache-Status` (RFC 9211), of which the last member, the tier
 * nearest to us, speaks first; where it went on to the next, that one does. 404 is an answer; anything else that is no
 * 2xx or 304 is an error.
 */
export function outcomeOf(status: number, cacheStatus: string): Outcome {
  if (!((status >= 200 && status < 300) || status === 304 || status === 404)) return 'error'
  // One that says nothing, or has one member, is what most answers have: a request of a run may not cost a list.
  if (cacheStatus === '') return status === 304 ? 'revalidated' : 'miss'
  const members = cacheStatus.includes(',') ? cacheStatus.split(',') : [cacheStatus]
  for (let at = members.length - 1; at >= 0; at -= 1) {
    const member = members[at] ?? ''
    if (/; hit\b/.test(member)) return member.includes('; ttl=-') ? 'stale' : 'hit'
    if (member.includes('fwd-status=304')) return 'revalidated'
    // It asked in vain, and gave what it had (RFC 5861, 4): `hit` and `fwd` exclude each other (RFC 9211, 2.1).
    if (member.includes('fwd=stale') && member.includes('; ttl=-')) return 'stale'
    if (status !== 304 && member.includes('; collapsed')) return 'coalesced'
  }
  if (status === 304) return 'revalidated'
  // One tier that was consulted is enough for it to be no bypass.
  return members.every((member) => member.includes('fwd=bypass')) ? 'bypass' : 'miss'
}

/** The milliseconds of the `handler` metric of a `Server-Timing`, where it has one. */
export function handlerMs(serverTiming: string): number | undefined {
  const at = serverTiming.lastIndexOf('handler;dur=')
  if (at < 0) return undefined
  const ms = Number.parseFloat(serverTiming.slice(at + 'handler;dur='.length))
  return Number.isFinite(ms) ? ms : undefined
}
