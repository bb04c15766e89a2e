import { readSeconds } from './directives'
import { type Fields, fieldOf } from './fields'
import { readDate } from './http-date'
import type { Policy } from './policy'

/** Status codes whose answers may be kept without being told for how long (RFC 9110, 15.1), but for 206. */
const HEURISTIC = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501])

/** The part of its age at which an answer without a date is taken to be fresh (RFC 9111, 4.2.2), and the most of that. */
const HEURISTIC_PART = 0.1
const HEURISTIC_MOST_MS = 24 * 60 * 60 * 1000

/** Whether an answer of this status may be kept though it does not say for how long. */
export function isHeuristic(status: number): boolean {
  return HEURISTIC.has(status)
}

/** When a response was requested and received. */
export interface Exchange {
  /** Epoch ms. */
  requestedAt: number
  /** Epoch ms. */
  respondedAt: number
  /** The same moment by a steady clock, ms: a time of day that is set back must not make the response fresh again. */
  steadyAt: number
}

/** The `Date` of an answer, or the moment it was received where it has none that can be read. Epoch ms. */
export function dateOf(fields: Fields, { respondedAt }: Pick<Exchange, 'respondedAt'>): number {
  return readDate(fieldOf(fields, 'date') ?? '', respondedAt) ?? respondedAt
}

/**
 * How long an answer is fresh from when it was made, in ms (RFC 9111, 4.2.1): s-maxage before max-age before Expires
 * before a tenth of the time since it was last modified. 0 is stale at once.
 */
export function lifetimeMs(status: number, fields: Fields, policy: Policy, exchange: Exchange): number {
  const seconds = policy.sMaxAge ?? policy.maxAge
  if (seconds !== undefined) return seconds * 1000

  const date = dateOf(fields, exchange)
  const [expires, ...more] = policy.expires
  if (expires !== undefined) {
    // What cannot be read, `0` above all, is in the past (RFC 9111, 5.3); two that differ are as good as none.
    const at = more.every((other) => other === expires) ? readDate(expires, exchange.respondedAt) : undefined
    return at === undefined ? 0 : Math.max(at - date, 0)
  }

  if (!policy.guessable || (!isHeuristic(status) && !policy.public)) return 0
  const modified = readDate(fieldOf(fields, 'last-modified') ?? '', exchange.respondedAt)
  if (modified === undefined || modified >= date) return 0
  return Math.min((date - modified) * HEURISTIC_PART, HEURISTIC_MOST_MS)
}

/**
 * How old an answer was when it was received, in ms: the corrected initial age of RFC 9111, 4.2.3. `Date` has whole
 * seconds, so that the apparent age does too.
 */
export function initialAgeMs(fields: Fields, exchange: Exchange): number {
  const { requestedAt, respondedAt } = exchange
  const apparent = Math.max(0, Math.floor((respondedAt - dateOf(fields, exchange)) / 1000) * 1000)
  return Math.max(apparent, ageField(fields) * 1000 + Math.max(respondedAt - requestedAt, 0))
}

/** The `Age` field in seconds: the first of several, 0 where it is none (RFC 9111, 5.1). */
function ageField(fields: Fields): number {
  const [first = ''] = (fieldOf(fields, 'age') ?? '').split(',')
  return readSeconds(first.trim()) ?? 0
}
