import type { Fault } from '@/app/lab/problem'
import type { NewItem, NotebookItem } from '@/lib/notebook/items'
import { localCopy, storesCookies } from './local'
import { type Copy, clearItems, dropItems, emptyCopy, type Merged, mergeItems, putItems } from './merge'
import { createSync, type Kept, type Sync } from './sync'

export type { NewItem }

/** The notebook as a page knows it. */
export interface NotebookState {
  items: Readonly<Record<string, NotebookItem>>
  /** They have been read: what is not here is not there. */
  known: boolean
  /**
   * Where it is saved by now: in this browser and on the server, not yet, in this browser alone, on the server alone, or
   * in this page only, until it is closed.
   */
  kept: 'everywhere' | 'saving' | 'here' | 'server' | 'nowhere'
  /** Why it isn't on the server. */
  fault?: Fault
}

export const emptyNotebook: NotebookState = { items: {}, known: false, kept: 'saving' }

export interface NotebookStore {
  get(): NotebookState
  subscribe(listener: () => void): () => void
  /** Read what is kept. Gives the function that closes it. */
  open(): () => void
  /** Write an item in the place of the one with its id. The time is now, and later than that of the one before. */
  put(item: NewItem): void
  /** Take items out, by id. */
  drop(ids: readonly string[]): void
  /** Take out all that is of a lesson, or everything. */
  clear(lesson?: string): void
  /** Take in items of a file: of two versions the later stands. */
  merge(items: readonly NotebookItem[]): Merged
  /** Ask the server for what it wrote itself: an exercise that it saw done. */
  refresh(): void
}

/** How a notebook is kept that this browser doesn't store: without cookies the server knows no learner either. */
function keptWithoutStorage(kept: Kept['kept']): NotebookState['kept'] {
  if (kept === 'everywhere') return storesCookies() ? 'server' : 'nowhere'
  return kept === 'saving' ? 'saving' : 'nowhere'
}

/** The reader's notebook: this browser's copy first, which is there at once, then the server's. */
export function createNotebookStore(): NotebookStore {
  let state = emptyNotebook
  let held: Copy = emptyCopy
  let sync: Sync | undefined
  const local = localCopy()
  const listeners = new Set<() => void>()
  const become = (next: NotebookState) => {
    state = next
    for (const listener of listeners) listener()
  }
  const hold = (copy: Copy) => {
    const same = copy.items === held.items
    held = copy
    if (!same || !state.known) become({ ...state, items: copy.items, known: true })
  }
  /** Read, change, write: another tab may have written since, and its event be still on its way. */
  const change = (next: (copy: Copy) => Copy): Copy => {
    const before = local.read() ?? held
    const after = next(before)
    if (after === before) return before
    local.write(after)
    hold(after)
    return after
  }
  const write = (next: (copy: Copy) => Copy) => {
    change(next)
    sync?.soon()
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open() {
      hold(local.read() ?? held)
      const opened = createSync({
        change,
        say: ({ kept, ...rest }) => {
          const where = local.works() ? kept : keptWithoutStorage(kept)
          become({ items: state.items, known: state.known, kept: where, ...rest })
        },
      })
      sync = opened
      const unwatch = local.watch((copy, cleared) => {
        hold(copy)
        // Somebody emptied this browser's storage: the server still has it.
        if (cleared) opened.whole()
      })
      opened.whole()
      return () => {
        unwatch()
        opened.close()
        sync = undefined
      }
    },
    put: (item) =>
      write((copy) => {
        const at = Math.max(Date.now(), (copy.items[item.id]?.at ?? 0) + 1)
        return putItems(copy, [{ ...item, at }])
      }),
    drop: (ids) => write((copy) => dropItems(copy, ids)),
    clear: (lesson) => write((copy) => clearItems(copy, lesson)),
    merge(items) {
      let merged: Merged = { fresh: 0, later: 0, same: 0 }
      write((copy) => {
        const { merged: counts, ...after } = mergeItems(copy, items)
        merged = counts
        return after
      })
      return merged
    },
    refresh: () => sync?.whole(),
  }
}
