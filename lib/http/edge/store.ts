import { LRUCache } from 'lru-cache'
import type { Entry } from './entry'
import { type Field, selects } from './vary'

/** Variants that one address may have; the oldest makes way. It bounds what a lookup looks at. */
const VARIANTS = 64

export interface StoreOptions {
  /** What all entries may take together, of {@link Entry.bytes}. */
  bytes: number
  entries: number
  /** The variants of an address are not told apart. */
  ignoreVary?: boolean
  /** Told of each entry that had to make way. */
  evicted(entry: Entry): void
}

/** Entries by address, each address with its variants. The entry that was not used for the longest makes way. */
export interface Store {
  /** The newest stored answer that a request selects. */
  find(key: string, field: Field): Entry | undefined
  /** The newest entry of an address, whichever variant it is. */
  newest(key: string): Entry | undefined
  /** Put an entry, in the place of those that the same request selects. False where it alone is too large. */
  put(entry: Entry, field: Field): boolean
  /** Put one in another's place, if that is still there. */
  replace(old: Entry, entry: Entry): void
  has(entry: Entry): boolean
  remove(entry: Entry): void
  /** Forget all variants of an address. How many there were. */
  forget(key: string): number
  /** All entries, the last used first. */
  all(): Iterable<Entry>
  readonly count: number
}

export function openStore({ bytes, entries, ignoreVary, evicted }: StoreOptions): Store {
  /** The newest first. */
  const variants = new Map<string, Entry[]>()
  const kept = new LRUCache<Entry, Entry>({
    max: entries,
    maxSize: bytes,
    sizeCalculation: (entry) => entry.bytes,
    dispose(entry, _entry, why) {
      const left = variants.get(entry.key)?.filter((other) => other !== entry) ?? []
      if (left.length > 0) variants.set(entry.key, left)
      else variants.delete(entry.key)
      if (why === 'evict') evicted(entry)
    },
  })
  const matching = (key: string, field: Field) =>
    variants.get(key)?.filter((entry) => ignoreVary || selects(entry.selection, field)) ?? []
  const add = (entry: Entry) => {
    const others = variants.get(entry.key) ?? []
    variants.set(entry.key, [entry, ...others])
    const oldest = others.length >= VARIANTS ? others.at(-1) : undefined
    if (oldest) {
      kept.delete(oldest)
      evicted(oldest)
    }
    kept.set(entry, entry)
  }

  return {
    find(key, field) {
      const found = variants.get(key)?.find((entry) => ignoreVary || selects(entry.selection, field))
      if (found) kept.get(found)
      return found
    },
    newest: (key) => variants.get(key)?.[0],
    put(entry, field) {
      for (const old of matching(entry.key, field)) kept.delete(old)
      if (entry.bytes > bytes) return false
      add(entry)
      return true
    },
    replace(old, entry) {
      if (!kept.delete(old)) return
      if (entry.bytes <= bytes) add(entry)
    },
    has: (entry) => kept.has(entry),
    remove: (entry) => void kept.delete(entry),
    forget(key) {
      const gone = variants.get(key) ?? []
      for (const entry of gone) kept.delete(entry)
      return gone.length
    },
    all: () => kept.values(),
    get count() {
      return kept.size
    },
  }
}
