/** Why a request went to the origin (RFC 9211, 2.2). */
export type Why = 'uri-miss' | 'vary-miss' | 'stale' | 'request' | 'method' | 'bypass'

/** What came of a request, as our member of Cache-Status says it. `leftMs` is what is left of the lifetime. */
export type Came =
  | { hit: true; leftMs: number }
  | { hit: false; why: Why; status?: number; stored?: boolean; collapsed?: boolean; leftMs?: number; detail?: string }

/** Our member of `Cache-Status` (RFC 9211, 2). `ttl` in whole seconds, below 0 as soon as the answer is stale. */
export function cacheStatusMember(name: string, came: Came): string {
  const ttl = came.leftMs === undefined ? '' : `; ttl=${Math.floor(came.leftMs / 1000)}`
  if (came.hit) return `${name}; hit${ttl}`
  const status = came.status === undefined ? '' : `; fwd-status=${came.status}`
  const detail = came.detail === undefined ? '' : `; detail=${came.detail}`
  return `${name}; fwd=${came.why}${status}${came.stored ? '; stored' : ''}${came.collapsed ? '; collapsed' : ''}${ttl}${detail}`
}
