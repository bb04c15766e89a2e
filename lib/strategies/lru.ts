import type { Entry, Load } from '../reading'
import { openMemoryTier } from './memory-tier'
import { defineStrategy, noStore, toEntry } from './strategy'
import { startTrace } from './trace'

/**
 * What Python's `functools.lru_cache(maxsize=128)` does: keep answers in this process, and throw out the least recently
 * used one when the cache is full. There is no date on them. What is asked for often enough is never asked of the
 * origin again, however wrong it has become.
 */
export const lru = defineStrategy({
  id: 'lru',
  title: 'LRU without a TTL',
  summary: 'This process keeps answers until they are evicted or written to. They have no date.',
  tiers: ['memory'],
  file: 'lib/strategies/lru.ts',
  http: false,
  expires: false,
  writes: 'delete on write',
  headers: noStore,

  create({ clock, capacity }) {
    const { cache, takeEvicted, upkeep } = openMemoryTier(capacity, clock)
    return {
      ...upkeep,
      // #region read
      async read<T>(key: string, load: Load<T>) {
        const trace = startTrace(clock)

        const kept = cache.get(key) as Entry<T> | undefined
        if (kept) {
          trace.lap('memory', 'hit')
          return trace.end('hit', kept)
        }
        trace.lap('memory', 'miss')

        const loaded = await trace.origin(load)
        if (!loaded) return trace.end('miss', undefined)

        const entry = toEntry(loaded, clock.now(), Number.POSITIVE_INFINITY)
        cache.set(key, entry)
        trace.lap('memory', 'stored')
        for (const gone of takeEvicted()) trace.note('memory', 'evicted', gone)
        return trace.end('miss', entry)
      },
      // #endregion
    }
  },
})
