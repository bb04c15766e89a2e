import type { Load } from '../reading'
import { openRedisTier } from './redis-tier'
import { defineStrategy, noStore, type ReadOptions, toEntry } from './strategy'
import { startTrace } from './trace'

/**
 * Cache-aside with Redis: look up, and on a miss load, store with a TTL, return. All processes share what it holds. A
 * write deletes the entry. When Redis is away or holds nonsense the request goes on to the origin: a cache must never
 * make an answer fail.
 */
export const redis = defineStrategy({
  id: 'redis',
  title: 'Redis',
  summary: 'Cache-aside: look in Redis, on a miss ask the origin and store its answer for all processes.',
  tiers: ['redis'],
  file: 'lib/strategies/redis.ts',
  http: false,
  expires: true,
  writes: 'delete on write',
  headers: noStore,

  create({ clock, redis }) {
    const { lookUp, store, forget, upkeep } = openRedisTier({ clock, redis })
    return {
      ...upkeep,
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
      // #region write
      onWrite: (key) => forget(key),
      // #endregion
    }
  },
})
