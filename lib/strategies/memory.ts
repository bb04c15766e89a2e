import type { Entry, Load } from '../reading'
import { openMemoryTier } from './memory-tier'
import { defineStrategy, noStore, type ReadOptions, toEntry } from './strategy'
import { startTrace } from './trace'

/**
 * Keep answers in this process, and throw out the least recently used one when the cache is full. Nothing is nearer,
 * and nothing is lonelier: another process keeps its own, and a restart forgets all of it.
 */
export const memory = defineStrategy({
  id: 'memory',
  title: 'In memory',
  summary: 'This process keeps answers in an LRU cache. Other processes know nothing of it.',
  tiers: ['memory'],
  file: 'lib/strategies/memory.ts',
  http: false,
  expires: true,
  writes: 'delete on write',
  headers: noStore,

  create({ clock, capacity }) {
    const { cache, takeEvicted, upkeep } = openMemoryTier(capacity, clock)
    return {
      ...upkeep,
      // #region read
      async read<T>(key: string, load: Load<T>, { ttlMs }: ReadOptions) {
        const trace = startTrace(clock)

        const kept = cache.get(key) as Entry<T> | undefined
        if (kept && clock.now() < kept.expiresAt) {
          trace.lap('memory', 'hit')
          return trace.end('hit', kept)
        }
        trace.lap('memory', kept ? 'expired' : 'miss')

        const loaded = await trace.origin(load)
        if (!loaded) return trace.end('miss', undefined)

        const entry = toEntry(loaded, clock.now(), ttlMs)
        cache.set(key, entry)
        trace.lap('memory', 'stored')
        for (const gone of takeEvicted()) trace.note('memory', 'evicted', gone)
        return trace.end('miss', entry)
      },
      // #endregion
    }
  },
})
