import { LRUCache } from 'lru-cache'
import type { Entry, Load, Step } from '../reading'
import { defineStrategy, type ReadOptions, toEntry } from './strategy'
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

  create({ clock, capacity }) {
    const evicted: string[] = []
    const cache = new LRUCache<string, Entry>({
      max: capacity,
      dispose: (_entry, key, reason) => {
        if (reason === 'evict') evicted.push(key)
      },
    })

    return {
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
        for (const gone of evicted.splice(0)) trace.note('memory', 'evicted', gone)
        return trace.end('miss', entry)
      },
      // #endregion

      async onWrite(key): Promise<Step[]> {
        return cache.delete(key) ? [{ tier: 'memory', result: 'invalidated', durMs: 0, key }] : []
      },
      async entries(limit) {
        const entries = []
        for (const [key, { version, storedAt, expiresAt }] of cache.entries()) {
          if (entries.length === limit) break
          entries.push({ tier: 'memory' as const, key, version, storedAt, expiresAt })
        }
        return { entries, total: cache.size }
      },
      async clear() {
        cache.clear()
      },
    }
  },
})
