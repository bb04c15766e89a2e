import { writeCacheStatus } from '../cache-status'

/** Why a request went to the origin (RFC 9211, 2.2). */
export type Why = 'uri-miss' | 'vary-miss' | 'stale' | 'request' | 'method' | 'bypass'

/** What came of a request, as our member of Cache-Status says it. `leftMs` is what is left of the lifetime. */
export type Came =
  | { hit: true; leftMs: number }
  | { hit: false; why: Why; status?: number; stored?: boolean; collapsed?: boolean; leftMs?: number; detail?: string }

/** Our member of `Cache-Status` (RFC 9211, 2). `ttl` in whole seconds, below 0 as soon as the answer is stale. */
export function cacheStatusMember(name: string, came: Came): string {
  const ttl = came.leftMs === undefined ? undefined : Math.floor(came.leftMs / 1000)
  if (came.hit) return writeCacheStatus([{ name, hit: true, ttl }])
  const { why, status, stored, collapsed, detail } = came
  return writeCacheStatus([{ name, fwd: why, fwdStatus: status, stored, collapsed, ttl, detail }])
}
