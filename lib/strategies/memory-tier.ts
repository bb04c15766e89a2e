import { LRUCache } from 'lru-cache'
import { type Clock, type Entry, NEVER, type Step } from '../reading'
import type { Reader } from './strategy'

/** Entries in this process, for strategies that keep them here: each reader has a tier of its own. */
export interface MemoryTier {
  cache: {
    /** The entry, dated by the longer of the two times since it was stored: see {@link dated}. */
    get(key: string): Entry | undefined
    set(key: string, entry: Entry): void
  }
  /** The keys that were thrown out to make room since this was last asked. */
  takeEvicted(): string[]
  /** What a reader can do with the tier whatever its strategy. */
  upkeep: Omit<Reader, 'read'>
}

/** An entry, and `steady` of the clock when it was stored. */
interface Stored {
  entry: Entry
  since: number
}

/** Open a tier of at most `capacity` entries. The one that was not asked for the longest makes way. */
export function openMemoryTier(capacity: number, clock: Clock): MemoryTier {
  const evicted: string[] = []
  const cache = new LRUCache<string, Stored>({
    max: capacity,
    dispose: (_entry, key, reason) => {
      if (reason === 'evict') evicted.push(key)
    },
  })
  return {
    cache: {
      get(key) {
        const stored = cache.get(key)
        return stored && dated(stored, clock)
      },
      set: (key, entry) => void cache.set(key, { entry, since: clock.steady() }),
    },
    takeEvicted: () => evicted.splice(0),
    upkeep: {
      async onWrite(key): Promise<Step[]> {
        return cache.delete(key) ? [{ tier: 'memory', result: 'invalidated', durMs: 0, key }] : []
      },
      async entries(limit) {
        const entries = []
        for (const [key, stored] of cache.entries()) {
          if (entries.length === limit) break
          const { version, storedAt, expiresAt } = dated(stored, clock)
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

/**
 * An entry, dated so that its age is the longer of the time that the time of day says has passed and the time that a
 * steady clock counted: the first is wrong after the clock was set back, the second stops while the machine sleeps.
 */
function dated({ entry, since }: Stored, clock: Clock): Entry {
  const behindMs = Math.floor(clock.steady() - since - (clock.now() - entry.storedAt))
  if (behindMs <= 0) return entry
  const { storedAt, expiresAt } = entry
  return { ...entry, storedAt: storedAt - behindMs, expiresAt: expiresAt === NEVER ? NEVER : expiresAt - behindMs }
}
