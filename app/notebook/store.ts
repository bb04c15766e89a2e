import type { NotebookItem } from '@/lib/notebook/items'

/** The notebook as a page knows it. */
export interface NotebookState {
  items: Readonly<Record<string, NotebookItem>>
  /** They have been read: what is not here is not there. */
  known: boolean
  /** Where it is kept by now: on the server too, not yet, or in this browser alone since the server does not answer. */
  kept: 'everywhere' | 'saving' | 'here'
}

export const emptyNotebook: NotebookState = { items: {}, known: false, kept: 'everywhere' }

/** An item as parts of a page write it: the time is now. */
export type NewItem = NotebookItem extends infer Item ? (Item extends NotebookItem ? Omit<Item, 'at'> : never) : never

export interface NotebookStore {
  get(): NotebookState
  subscribe(listener: () => void): () => void
  /** Read what is kept. Gives the function that closes it. */
  open(): () => void
  /** Write an item in the place of the one with its id. */
  put(item: NewItem): void
  /** Take items out, by id. */
  drop(ids: readonly string[]): void
}

const NAME = 'hitrate-notebook'

export function createNotebookStore(): NotebookStore {
  let state = emptyNotebook
  const listeners = new Set<() => void>()
  const set = (next: NotebookState) => {
    state = next
    for (const listener of listeners) listener()
  }
  const keep = (items: NotebookState['items']) => {
    set({ ...state, items })
    try {
      localStorage.setItem(NAME, JSON.stringify(items))
    } catch {
      // Storage is closed to this page.
    }
  }
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open() {
      try {
        const text = localStorage.getItem(NAME)
        set({ ...state, items: text ? (JSON.parse(text) as NotebookState['items']) : {}, known: true })
      } catch {
        set({ ...state, known: true })
      }
      return () => {}
    },
    put: (item) => keep({ ...state.items, [item.id]: { ...item, at: Date.now() } }),
    drop: (ids) => keep(Object.fromEntries(Object.entries(state.items).filter(([id]) => !ids.includes(id)))),
  }
}
