import type { Clock } from '../../reading'
import { type Directives, readSeconds, secondsOf } from './directives'
import { ageMs, type Dated } from './entry'

/** What a stored answer is good for, for one request. */
export type Reuse =
  | { use: 'fresh' }
  /** Past its lifetime, and allowed all the same; `refresh`: it is to be brought up to date behind the answer. */
  | { use: 'stale'; refresh: boolean }
  /** Ask the origin first: it is stale, or (`request`) the client wants it so. */
  | { use: 'none'; why: 'stale' | 'request' }

/** Judge a stored answer against a request's `Cache-Control`, at this moment (RFC 9111, 4.2 and 5.2.1; RFC 5861, 3). */
export function judge(entry: Dated, asked: Directives, clock: Pick<Clock, 'now' | 'steady'>): Reuse {
  const { policy } = entry
  const age = ageMs(entry, clock)
  const leftMs = entry.lifetimeMs - age
  if (asked.has('no-cache')) return { use: 'none', why: 'request' }
  if (policy.noCache) return { use: 'none', why: 'stale' }

  const maxAge = secondsOf(asked, 'max-age')
  const minFresh = secondsOf(asked, 'min-fresh')
  // 0 asks for what was made just now, which no stored answer is.
  const tooOld = maxAge !== undefined && (maxAge === 0 || age > maxAge * 1000)
  if (leftMs > 0) {
    const tooNearItsEnd = minFresh !== undefined && leftMs < minFresh * 1000
    return tooOld || tooNearItsEnd ? { use: 'none', why: 'request' } : { use: 'fresh' }
  }

  if (policy.strict || minFresh !== undefined || tooOld) return { use: 'none', why: 'stale' }
  const staleMs = -leftMs
  if (staleMs < policy.staleWhileRevalidate * 1000) return { use: 'stale', refresh: true }
  return staleMs <= maxStaleMs(asked) ? { use: 'stale', refresh: false } : { use: 'none', why: 'stale' }
}

/** Whether it may stand in for an origin that fails (RFC 5861, 4), by what the answer or the request allows. */
export function servesOnError(entry: Dated, asked: Directives, clock: Pick<Clock, 'now' | 'steady'>): boolean {
  const { policy } = entry
  if (policy.strict || asked.has('no-cache') || asked.has('min-fresh')) return false
  const age = ageMs(entry, clock)
  const maxAge = secondsOf(asked, 'max-age')
  if (maxAge !== undefined && age > maxAge * 1000) return false
  const allowedMs = Math.max(policy.staleIfError, secondsOf(asked, 'stale-if-error') ?? 0) * 1000
  return age - entry.lifetimeMs < allowedMs
}

/** How far past its lifetime the client takes an answer, ms; without an argument max-stale sets no bound. */
function maxStaleMs(asked: Directives): number {
  const values = asked.get('max-stale')
  if (values === undefined) return -1
  if (values.every((value) => value === '')) return Number.POSITIVE_INFINITY
  return Math.min(...values.map((value) => (readSeconds(value) ?? -1) * 1000))
}
