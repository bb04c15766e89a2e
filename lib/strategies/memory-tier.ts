import { LRUCache } from 'lru-cache'
import type { Entry, Step } from '../reading'
import type { Reader } from './strategy'

/** Entries in this process, for strategies that keep them here: each reader has a tier of its own. */
export interface MemoryTier {
  cache: LRUCache<string, Entry>
  /** The keys that were thrown out to make room since this was last asked. */
  takeEvicted(): string[]
  /** What a reader can do with the tier whatever its strategy. */
  upkeep: Omit<Reader, 'read'>
}

/** Open a tier of at most `capacity` entries. The one that was not asked for the longest makes way. */
export function openMemoryTier(capacity: number): MemoryTier {
  const evicted: string[] = []
  const cache = new LRUCache<string, Entry>({
    max: capacity,
    dispose: (_entry, key, reason) => {
      if (reason === 'evict') evicted.push(key)
    },
  })
  return {
    cache,
    takeEvicted: () => evicted.splice(0),
    upkeep: {
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
    },
  }
}
