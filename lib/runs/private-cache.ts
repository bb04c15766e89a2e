import { LRUCache } from 'lru-cache'
import { cacheStores } from 'undici'

type Store = Pick<InstanceType<typeof cacheStores.MemoryCacheStore>, 'get' | 'createWriteStream' | 'delete'>
type Key = Parameters<Store['get']>[0]

/** Entries that one cache may hold, and bytes of the body of one. */
const ENTRIES = 1_000
const ENTRY_BYTES = 256 * 1024
/** What an entry takes beside its body: its key, and headers as text. */
const HEADERS_BYTES = 2 * 1024

/**
 * The store of one virtual client's cache: undici's own in memory, in which the entry that was not asked for the
 * longest makes way. By itself undici 7.30 keeps every URL for ever: when it is full it drops half of the answers of each
 * URL, rounded down, and a URL has one.
 * @param bytes what it may hold; at least 258 KiB, or large answers are not kept.
 */
export function privateCache(bytes: number): Store {
  const store = new cacheStores.MemoryCacheStore({ maxEntrySize: ENTRY_BYTES })
  const kept = new LRUCache<string, Key>({
    max: ENTRIES,
    maxSize: bytes,
    dispose(key, _path, why) {
      if (why === 'evict') void store.delete(key)
    },
  })
  return {
    get(key) {
      kept.get(key.path)
      return store.get(key)
    },
    createWriteStream(key, value) {
      const stream = store.createWriteStream(key, value)
      stream?.on('finish', () => kept.set(key.path, key, { size: HEADERS_BYTES + bodyBytes(store.get(key)) }))
      return stream
    },
    delete(key) {
      kept.delete(key.path)
      void store.delete(key)
    },
  }
}

/** The store in memory answers at once, with the body's chunks in an array; its type allows for others. */
const bodyBytes = (entry: ReturnType<Store['get']>): number =>
  entry && !(entry instanceof Promise) && Array.isArray(entry.body)
    ? (entry.body as Buffer[]).reduce((sum, { byteLength }) => sum + byteLength, 0)
    : 0
