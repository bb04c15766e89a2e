import type { Entry, Load, Step, StepResult } from '../reading'
import { defineStrategy, noStore, type ReadOptions, toEntry } from './strategy'
import { startTrace } from './trace'

/**
 * Cache-aside with Redis: look up, and on a miss load, store with a TTL, return. All processes share what it holds.
 * When Redis is away or holds nonsense the request goes on to the origin: a cache must never make an answer fail.
 */
export const redis = defineStrategy({
  id: 'redis',
  title: 'Redis',
  summary: 'Cache-aside: look in Redis, on a miss ask the origin and store its answer for all processes.',
  tiers: ['redis'],
  file: 'lib/strategies/redis.ts',
  http: false,
  expires: true,
  cacheControl: noStore,

  create({ clock, redis }) {
    /** What Redis holds under `key`, and what that is worth. */
    async function lookUp<T>(key: string): Promise<{ entry?: Entry<T>; result: StepResult }> {
      try {
        const text = await redis.get(key)
        if (text === null) return { result: 'miss' }
        const entry = parseEntry<T>(text)
        if (!entry) return { result: 'unparsable' }
        return clock.now() < entry.expiresAt ? { entry, result: 'hit' } : { result: 'expired' }
      } catch {
        return { result: 'unavailable' }
      }
    }

    /** A failed store costs the next reader a miss, and this one nothing. */
    const store = (key: string, entry: Entry, ttlMs: number): Promise<StepResult> =>
      redis.set(key, JSON.stringify(entry), ttlMs, entry.expiresAt).then(
        () => 'stored',
        () => 'unavailable',
      )

    return {
      // #region read
      async read<T>(key: string, load: Load<T>, { ttlMs }: ReadOptions) {
        const trace = startTrace(clock)

        const { entry: kept, result } = await lookUp<T>(key)
        trace.lap('redis', result)
        if (kept) return trace.end('hit', kept)

        const loaded = await trace.origin(load)
        if (!loaded) return trace.end('miss', undefined)

        const entry = toEntry(loaded, clock.now(), ttlMs)
        trace.lap('redis', await store(key, entry, ttlMs))
        return trace.end('miss', entry)
      },
      // #endregion

      async onWrite(key): Promise<Step[]> {
        const start = clock.elapsed()
        const result = await redis.delete(key).then(
          (deleted) => deleted && ('invalidated' as const),
          () => 'unavailable' as const,
        )
        return result ? [{ tier: 'redis', result, durMs: clock.elapsed() - start, key }] : []
      },
      async entries(limit) {
        const { rows, total } = await redis.list(limit, clock.now())
        const entries = rows.flatMap(({ key, text }) => {
          const entry = parseEntry(text)
          if (!entry) return []
          const { version, storedAt, expiresAt } = entry
          return [{ tier: 'redis' as const, key, version, storedAt, expiresAt }]
        })
        return { entries, total }
      },
      clear: () => redis.clear(),
    }
  },
})

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
