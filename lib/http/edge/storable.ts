import { type Fields, fieldOf } from './fields'
import { isHeuristic } from './freshness'
import type { Policy } from './policy'
import { varyNames } from './vary'

/** Deliberate misconfigurations, for lessons on what they break. Off in an edge that is not to show them. */
export interface Careless {
  /** Look at the address alone: one client's variant answers all. */
  ignoreVary?: boolean
  /** Keep answers with Set-Cookie whose origin never said that they are for all. */
  storeSetCookie?: boolean
}

/** An answer that is looked at for storing, and the request that it answers. */
export interface Candidate {
  method: string
  /** The request has `Cache-Control: no-store`. */
  requestNoStore: boolean
  /** The request has an Authorization field. */
  authorized: boolean
  status: number
  fields: Fields
  policy: Policy
  lifetimeMs: number
}

/** Final status codes whose meaning for caches this cache knows, for must-understand. 206 and 304 are not stored whole. */
const UNDERSTOOD = new Set([
  200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 413,
  414, 415, 417, 421, 422, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 511,
])

/**
 * They say what became of this one request's conditions or range. A cache may keep parts, join them and answer from them
 * (RFC 9111, 3.3 and 3.4); this one keeps whole answers alone, and cuts parts out of those.
 */
const NEVER_STORED = new Set([206, 304, 412, 416])

/**
 * Whether a shared cache may store an answer (RFC 9111, 3), and whether it is worth it: what is neither fresh nor
 * usable when stale nor has a validator would never be used.
 *
 * An answer with Set-Cookie is for one client unless the origin said otherwise in so many words: `public`, `s-maxage`, or
 * a CDN-Cache-Control. RFC 9111, 7.3 leaves that to the origin alone; leaking a session is not worth the hit.
 *
 * An answer to POST could be kept for a GET where its Content-Location says so (RFC 9110, 9.3.3); no cache has to, and
 * what one client sent shall not make up what all others get.
 */
// #region storable
export function isStorable(candidate: Candidate, careless: Careless = {}): boolean {
  const { method, status, fields, policy } = candidate
  if (method !== 'GET' || status < 200 || NEVER_STORED.has(status)) return false
  if (candidate.requestNoStore || policy.private) return false
  const understood = policy.mustUnderstand && UNDERSTOOD.has(status)
  if (policy.mustUnderstand && !understood) return false
  // must-understand comes with no-store for caches that do not know it (RFC 9111, 5.2.2.3).
  if (policy.noStore && !understood) return false
  if (candidate.authorized && !policy.forAll && !policy.mustRevalidate) return false
  if (!careless.ignoreVary && varyNames(fieldOf(fields, 'vary')).includes('*')) return false

  const cookie = fieldOf(fields, 'set-cookie') !== undefined && !policy.withheld.includes('set-cookie')
  if (cookie && !policy.forAll && !policy.targeted && !careless.storeSetCookie) return false

  const explicit =
    policy.public || policy.sMaxAge !== undefined || policy.maxAge !== undefined || policy.expires.length > 0
  if (!explicit && !isHeuristic(status)) return false
  const validator = fieldOf(fields, 'etag') ?? fieldOf(fields, 'last-modified')
  return (
    candidate.lifetimeMs > 0 ||
    validator !== undefined ||
    (!policy.strict && policy.staleWhileRevalidate + policy.staleIfError > 0)
  )
}
// #endregion
