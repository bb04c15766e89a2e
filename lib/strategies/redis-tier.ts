import type { Clock, Entry, Step, StepResult } from '../reading'
import type { RedisStore } from '../redis/store'
import type { Reader, ReaderParts } from './strategy'

/** Entries in Redis, for strategies that keep them there. Nothing here rejects but `entries` and `clear`. */
export interface RedisTier {
  /** What Redis holds under `key` if that is fresh, how the look-up went, and a lease that lets a miss be filled. */
  lookUp<T>(key: string): Promise<{ entry?: Entry<T>; result: StepResult; lease?: string }>
  /** Keep an entry for `ttlMs`. One that fails costs the next reader a miss, and this one nothing. */
  store(key: string, entry: Entry, ttlMs: number): Promise<StepResult>
  /**
   * As `store`, unless a write has reported a newer version ({@link RedisTier.bury}) or may have, since Redis lost what
   * it knew at the look-up: `refused` then. Without a lease Redis was unavailable, and still counts as that.
   */
  storeUnlessOlder(key: string, entry: Entry, ttlMs: number, lease: string | undefined): Promise<StepResult>
  /** Delete, after a write. No step where there was nothing. */
  forget(key: string): Promise<Step[]>
  /** Delete, and have older versions than `version` refused for a while. No step where there was nothing. */
  bury(key: string, version: number): Promise<Step[]>
  /** A step of a write's, with the time that `work` took; none where it comes to undefined. */
  step(key: string, work: Promise<StepResult | undefined>): Promise<Step[]>
  /** What a reader can do with the tier whatever its strategy. */
  upkeep: Omit<Reader, 'read' | 'onWrite'>
}

/** Open the tier over a store. Freshness is judged by the entry's own date and `clock`. */
export function openRedisTier({ clock, redis }: Pick<ReaderParts, 'clock' | 'redis'>): RedisTier {
  const step: RedisTier['step'] = (key, work) => timed(clock, key, work)
  return {
    async lookUp<T>(key: string) {
      try {
        const { text, lease } = await redis.get(key)
        if (text === null) return { result: 'miss', lease }
        const entry = parseEntry<T>(text)
        if (!entry) return { result: 'unparsable', lease }
        return clock.now() < entry.expiresAt ? { entry, result: 'hit' } : { result: 'expired', lease }
      } catch {
        // Redis is away: the request goes on without it, and its reading says so.
        return { result: 'unavailable' }
      }
    },
    store: (key, entry, ttlMs) =>
      redis.set(key, JSON.stringify(entry), ttlMs, entry.expiresAt).then(
        () => 'stored',
        () => 'unavailable',
      ),
    async storeUnlessOlder(key, entry, ttlMs, lease) {
      if (lease === undefined) return 'unavailable'
      const { version, expiresAt } = entry
      return redis.setUnlessOlder(key, JSON.stringify(entry), { lease, version }, ttlMs, expiresAt).then(
        (stored) => (stored ? 'stored' : 'refused'),
        () => 'unavailable',
      )
    },
    forget: (key) => step(key, deletion(redis.delete(key))),
    bury: (key, version) => step(key, deletion(redis.bury(key, version))),
    step,
    upkeep: {
      entries: (limit) => listed(redis, limit, clock.now()),
      clear: () => redis.clear(),
    },
  }
}

async function timed(clock: Clock, key: string, work: Promise<StepResult | undefined>): Promise<Step[]> {
  const start = clock.elapsed()
  const result = await work
  return result ? [{ tier: 'redis', result, durMs: clock.elapsed() - start, key }] : []
}

const deletion = (deleted: Promise<boolean>): Promise<StepResult | undefined> =>
  deleted.then(
    (there) => (there ? 'invalidated' : undefined),
    () => 'unavailable',
  )

async function listed(redis: RedisStore, limit: number, now: number): ReturnType<Reader['entries']> {
  const { rows, total } = await redis.list(limit, now)
  const entries = rows.flatMap(({ key, text }) => {
    const entry = parseEntry(text)
    if (!entry) return []
    const { version, storedAt, expiresAt } = entry
    return [{ tier: 'redis' as const, key, version, storedAt, expiresAt }]
  })
  return { entries, total }
}

/** Read an entry back. Anything that is not one (another program's, a cut-off write) is undefined, never an error. */
function parseEntry<T>(text: string): Entry<T> | undefined {
  try {
    const entry: unknown = JSON.parse(text)
    const whole =
      typeof entry === 'object' &&
      entry !== null &&
      'value' in entry &&
      ['version', 'storedAt', 'expiresAt'].every((field) => Number.isFinite((entry as Record<string, unknown>)[field]))
    return whole ? (entry as Entry<T>) : undefined
  } catch {
    return undefined
  }
}
