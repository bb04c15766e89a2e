import type { NotebookItem } from '@/lib/notebook/items'
import { readCopy } from './guard'
import { type Copy, putItems } from './merge'

/** The copy in this browser. Storage may be closed to the page, or full: then the server's copy is the only one. */

const NAME = 'hitrate-notebook'
/** Where earlier versions kept which lessons were read: `{"slug": "begun" | "read"}`. */
const OLD_PROGRESS = 'hitrate-read'

export interface LocalCopy {
  /** What is kept; undefined where storage is closed. */
  read(): Copy | undefined
  write(copy: Copy): void
  /** Whether this browser stores what is written: not with site data blocked, or storage full. */
  works(): boolean
  /** Hear of what other tabs write. Gives the function that stops. */
  watch(changed: (copy: Copy, cleared: boolean) => void): () => void
}

/** Tells whether this browser stores cookies, by storing one: `navigator.cookieEnabled` can be true with site data blocked. */
export function storesCookies(): boolean {
  const probe = 'hitrate-probe=1'
  // biome-ignore lint/suspicious/noDocumentCookie: over plain HTTP there's no Cookie Store API.
  document.cookie = `${probe}; Path=/; SameSite=Lax`
  const stored = document.cookie.includes(probe)
  // biome-ignore lint/suspicious/noDocumentCookie: as above.
  document.cookie = `${probe}; Path=/; SameSite=Lax; Max-Age=0`
  return stored
}

export function localCopy(): LocalCopy {
  // What could not be written must not be read back in an older state.
  let works = true
  return {
    read() {
      if (!works) return undefined
      try {
        const copy = readCopy(localStorage.getItem(NAME))
        const old = oldProgress(localStorage.getItem(OLD_PROGRESS), copy.items, Date.now())
        return old.length > 0 ? putItems(copy, old) : copy
      } catch {
        works = false
        return undefined
      }
    },
    write(copy) {
      try {
        localStorage.setItem(NAME, JSON.stringify(copy))
        localStorage.removeItem(OLD_PROGRESS)
      } catch {
        // Closed or full. The page goes on with what it holds, and sends it to the server.
        works = false
      }
    },
    works: () => works,
    watch(changed) {
      const hear = ({ key, newValue }: StorageEvent) => {
        // Without a key everything was cleared.
        if (key === NAME || key === null) changed(readCopy(newValue), newValue === null)
      }
      addEventListener('storage', hear)
      return () => removeEventListener('storage', hear)
    },
  }
}

/** The progress that an earlier version kept, of the lessons of which nothing newer is known. */
export function oldProgress(text: string | null, items: Copy['items'], now: number): NotebookItem[] {
  if (text === null) return []
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    // Nothing that an earlier version wrote.
    return []
  }
  return Object.entries<unknown>({ ...(kept as object | null) }).flatMap(([lesson, reading]) => {
    const id = `progress:${lesson}`
    if ((reading !== 'begun' && reading !== 'read') || lesson.length > 80 || items[id]) return []
    return [{ id, kind: 'progress' as const, at: now, lesson, reading, begun: now }]
  })
}
