import type { LabEntry } from '../lab/entries'
import { type Clock, type Entry, type Load, type Loaded, NEVER, type Reading, type Step } from '../reading'
import type { RedisStore } from '../redis/store'

export interface ReadOptions {
  /** Milliseconds an entry stays fresh. */
  ttlMs: number
  /** The validators that the client holds: its `If-None-Match` header as sent. */
  ifNoneMatch?: string
}

/** What a strategy does with an entry when what is behind it is written. */
export type WritePolicy = 'nothing kept' | 'ttl only' | 'delete on write' | 'write through' | 'version check'

/** A write, as the entries that it touches hear of it. */
export interface Write {
  /** What is behind the key from now on; absent where the write does not know it. */
  row?: Loaded
  /** Milliseconds that an entry of it is to stay fresh; absent where the write names another strategy. */
  ttlMs?: number
}

/** An entry as its reader lists it: the lab adds what it is an entry of. */
export type ListedEntry = Omit<LabEntry, 'resource' | 'strategy'>

/** A strategy at work for one lab and one resource. */
export interface Reader {
  read<T>(key: string, load: Load<T>, options: ReadOptions): Promise<Reading<T>>
  /** What is behind `key` was written: do what the strategy's policy says. Gives the steps that this took. */
  onWrite(key: string, write: Write): Promise<Step[]>
  /** What is kept, at most `limit` entries, and how many there are. Rejects when the tier is away. */
  entries(limit: number): Promise<{ entries: ListedEntry[]; total: number }>
  /** Forget all of it. Rejects when the tier is away. */
  clear(): Promise<void>
}

/** What a reader is made from. All of it belongs to one lab and one resource. */
export interface ReaderParts {
  clock: Clock
  /** Entries that memory may hold, by the resource's declaration. */
  capacity: number
  /** Redis, seen through the key prefix of this lab, strategy and resource. */
  redis: RedisStore
}

export interface Strategy<Id extends string = string> {
  /** The value of `cache=`. */
  id: Id
  title: string
  /** One sentence, for the form and the reference. */
  summary: string
  /** Where this strategy keeps answers; empty where nowhere. */
  tiers: readonly ('client' | 'memory' | 'redis')[]
  /** Its source, for the code shown in lessons: a path from the project's root. */
  file: `lib/strategies/${string}.ts`
  /** Whether HTTP caches keep its answers, and ask with an ETag whether they still hold. */
  http: boolean
  /** Whether what is kept has a date. Where it has none, `ttl=` changes nothing. */
  expires: boolean
  /** What a write does to what the server keeps. */
  writes: WritePolicy
  /**
   * What its answers tell HTTP caches: `Cache-Control` and its like.
   * @param scope whose caches may keep them.
   * @param ttlSeconds whole where it is handed to HTTP caches: `max-age` takes no other (RFC 9111, 1.2.2).
   */
  headers(scope: 'public' | 'private', ttlSeconds: number): { 'cache-control': string } & Record<string, string>
  create(parts: ReaderParts): Reader
}

/** Define a strategy: the identity, typed so that the id stays a literal. */
export const defineStrategy = <const Id extends string>(strategy: Strategy<Id>): Strategy<Id> => strategy

/** What a strategy declares that keeps its answers from all HTTP caches. */
export const noStore = () => ({ 'cache-control': 'no-store' })

/**
 * The name in `Cache-Status` of a strategy's nearest tier, its own id if it has none. Undefined if the client alone keeps
 * answers: the server is no cache then, and must not speak as one (RFC 9211, 2).
 */
export const memberOf = ({ id, tiers: [nearest] }: Strategy): string | undefined =>
  nearest === 'client' ? undefined : (nearest ?? id)

/** What a tier keeps of a loaded value: fresh from `now` for `ttlMs`, and until it is thrown out where that is Infinity. */
export const toEntry = <T>({ value, version }: Loaded<T>, now: number, ttlMs: number): Entry<T> => ({
  value,
  version,
  storedAt: now,
  expiresAt: Math.min(now + ttlMs, NEVER),
})

/** The part of a reader that a strategy without a tier of its own has: nothing to forget, nothing to list. */
export const keepsNothing: Omit<Reader, 'read'> = {
  onWrite: async () => [],
  entries: async () => ({ entries: [], total: 0 }),
  clear: async () => {},
}
