import type { Load } from '../reading'
import { openRedisTier } from './redis-tier'
import { defineStrategy, noStore, type ReadOptions, toEntry } from './strategy'
import { startTrace } from './trace'

/**
 * Delete on write without its race. A reader that read the old row before a write may come to store it after the
 * delete; nothing would ever remove it. Here the write leaves a tombstone with the new version, and Redis refuses what
 * is older, in one step with the store. The tombstone holds for a minute, longer than any reader is under way. Redis may
 * evict it before: the reader's lease, from its look-up, is void then, and what it read is refused too.
 *
 * Where a write does not know the new version (the lists that a task is in), the entry is only deleted, and the race
 * stays open.
 */
export const redisVersioned = defineStrategy({
  id: 'redis-versioned',
  title: 'Redis, version check',
  summary: 'As redis, but a reader that was overtaken by a write may not store what it read before.',
  tiers: ['redis'],
  file: 'lib/strategies/redis-versioned.ts',
  http: false,
  expires: true,
  writes: 'version check',
  headers: noStore,

  create({ clock, redis }) {
    const { lookUp, storeUnlessOlder, forget, bury, upkeep } = openRedisTier({ clock, redis })
    return {
      ...upkeep,
      // #region read
      async read<T>(key: string, load: Load<T>, { ttlMs }: ReadOptions) {
        const trace = startTrace(clock)

        const { entry: kept, result, lease } = await lookUp<T>(key)
        trace.lap('redis', result)
        if (kept) return trace.end('hit', kept)

        const loaded = await trace.origin(load)
        if (!loaded) return trace.end('miss', undefined)

        const entry = toEntry(loaded, clock.now(), ttlMs)
        trace.lap('redis', await storeUnlessOlder(key, entry, ttlMs, lease))
        return trace.end('miss', entry)
      },
      // #endregion
      // #region write
      onWrite: (key, { row }) => (row ? bury(key, row.version) : forget(key)),
      // #endregion
    }
  },
})
