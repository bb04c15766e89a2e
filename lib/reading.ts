/**
 * The one shape that every answer of the lab is read from. Headers, the event log, counters, reports and graded
 * exercises all derive from a {@link Reading}; nothing about a request is reported by a second way.
 */

/** What became of one request, in the words of DESIGN: each has one colour and one shape in the interface. */
export const OUTCOMES = ['hit', 'stale', 'revalidated', 'coalesced', 'miss', 'bypass', 'error'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The `expiresAt` of an entry without a date: the last moment that a Date can name (ECMA-262, 21.4.1.1), epoch ms. */
export const NEVER = 8.64e15

/** A value as a tier keeps it. Times are epoch milliseconds. An entry is fresh while `now < expiresAt`. */
export interface Entry<T = unknown> {
  value: T
  /** The origin's version of the value: a row's version, or the moment the value was made. Grows, never repeats. */
  version: number
  storedAt: number
  expiresAt: number
}

/** What an origin gives back. `undefined` in its place means: there is no such thing (a 404). */
export interface Loaded<T = unknown> {
  value: T
  version: number
  /** Statements sent to Postgres for this value, where it comes from there. */
  queries?: number
  /** Milliseconds that were added on purpose, to be shown as added and not as work. */
  addedMs?: number
}

export type Load<T = unknown> = () => Promise<Loaded<T> | undefined>

/** What a tier (or the origin) did at one step of a request. */
export type StepResult =
  | 'hit'
  | 'miss'
  /** An entry was there, past its TTL. */
  | 'expired'
  | 'stored'
  /** The tier knows of a newer version than the one that was to be stored, and did not keep it. */
  | 'refused'
  /** Another entry had to go for this one; `key` names it. */
  | 'evicted'
  | 'invalidated'
  /** The tier could not be reached: the request went on without it. */
  | 'unavailable'
  /** The tier held something that is no entry: treated as a miss, and reported. */
  | 'unparsable'
  /** The validator the client sent still holds. */
  | 'revalidated'
  /** It does not: the client's copy has to make way. */
  | 'changed'
  | 'loaded'
  /** The origin was asked and has no such thing. */
  | 'absent'

export interface Step {
  /** `memory`, `redis`, `http`, or `origin` for the origin itself. */
  tier: string
  result: StepResult
  /** Milliseconds, three decimals are meaningful. */
  durMs: number
  key?: string
  queries?: number
  addedMs?: number
}

/** What one read was and how it came about. `value` is undefined only where the origin has no such thing. */
export interface Reading<T = unknown> {
  outcome: Outcome
  value: T | undefined
  /** In the order in which they happened. */
  steps: Step[]
  /** The entry that answered, or that was made for this answer. */
  entry?: Entry<T>
  /** Times the origin was called to answer this read. */
  originCalls: number
  /** Strong validator of the representation, where the strategy gives one. */
  etag?: string
}

/**
 * Milliseconds since what answered was stored, at `now` (epoch ms); undefined where no tier answered but the origin.
 */
export const ageMsOf = ({ outcome, entry }: Reading, now: number): number | undefined =>
  entry && (outcome === 'hit' || outcome === 'stale') ? Math.max(now - entry.storedAt, 0) : undefined

/** Time, passed in. Milliseconds. */
export interface Clock {
  /** The time of day, since the epoch: judges freshness. Someone may set it back. */
  now(): number
  /** Measures durations. */
  elapsed(): number
  /** Runs like `now`, except that nobody sets it and that it may stop while the machine sleeps: for ages and idleness. */
  steady(): number
}

const uptime = () => performance.now()
export const systemClock: Clock = { now: () => Date.now(), elapsed: uptime, steady: uptime }
