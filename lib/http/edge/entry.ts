import type { Clock } from '../../reading'
import { type Fields, fieldOf, without } from './fields'
import { type Exchange, initialAgeMs, lifetimeMs } from './freshness'
import { type Policy, policyOf } from './policy'
import type { Selection } from './vary'

/** A stored answer. Times are epoch ms, bodies whole. Never changed: what freshens it makes a new one. */
export interface Entry {
  key: string
  status: number
  /** Its end-to-end fields, with our Via; without those of {@link PER_ANSWER} and those for one client. */
  fields: Fields
  body: Buffer
  selection: Selection
  policy: Policy
  /** How long it is fresh, from its making. */
  lifetimeMs: number
  /** How old it was when it was received. */
  initialAgeMs: number
  respondedAt: number
  /** The moment of `respondedAt` by a steady clock, ms. */
  steadyAt: number
  etag?: string
  lastModified?: string
  /** The bytes it counts for: body, fields, key and {@link OVERHEAD_BYTES}. */
  bytes: number
}

/** What its freshness is judged by. */
export type Dated = Pick<Entry, 'policy' | 'lifetimeMs' | 'initialAgeMs' | 'respondedAt' | 'steadyAt'>

/** Fields that are made for each answer, and not stored. Content-Length follows from the body. */
export const PER_ANSWER: ReadonlySet<string> = new Set(['age', 'cache-status', 'server-timing', 'content-length'])

/** Fields of a 304 that do not update a stored answer (RFC 9111, 3.2): they would no longer fit its body. */
const NOT_UPDATED = new Set(['content-encoding', 'content-range', 'content-length', 'transfer-encoding'])

/** What an entry takes in memory besides its text: objects, arrays, its place in the store. */
const OVERHEAD_BYTES = 512

/** What an answer's fields make of it: policy, age and validators. */
export function entryOf(
  made: Pick<Entry, 'key' | 'status' | 'body' | 'selection'> & { fields: Fields; exchange: Exchange },
): Entry {
  const { key, status, body, selection, exchange } = made
  const policy = policyOf(made.fields)
  const fields = without(made.fields, PER_ANSWER, new Set(policy.withheld))
  const text = fields.reduce((sum, part) => sum + part.length, 2 * key.length)
  return {
    key,
    status,
    fields,
    body,
    selection,
    policy,
    lifetimeMs: lifetimeMs(status, made.fields, policy, exchange),
    initialAgeMs: initialAgeMs(made.fields, exchange),
    respondedAt: exchange.respondedAt,
    steadyAt: exchange.steadyAt,
    etag: fieldOf(fields, 'etag'),
    lastModified: fieldOf(fields, 'last-modified'),
    bytes: body.byteLength + text + OVERHEAD_BYTES,
  }
}

/** The entry as a 304, or the answer to a HEAD, updates it (RFC 9111, 3.2): each field that came replaces its own. */
export function freshened(entry: Entry, fields: Fields, exchange: Exchange): Entry {
  const came = without(fields, NOT_UPDATED)
  const names = new Set(came.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase()))
  return entryOf({ ...entry, fields: [...without(entry.fields, names), ...came], exchange })
}

/**
 * Returns the current age in ms (RFC 9111, 4.2.3). What has passed since the response is the longer of two readings: the
 * time of day is wrong after it was set back, and a steady clock stops while the machine sleeps.
 */
export function ageMs({ initialAgeMs, respondedAt, steadyAt }: Dated, clock: Pick<Clock, 'now' | 'steady'>): number {
  return initialAgeMs + Math.max(clock.now() - respondedAt, clock.steady() - steadyAt, 0)
}
