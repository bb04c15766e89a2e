'use client'

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { ItemOf, NotebookItem, NotebookKind } from '@/lib/notebook/items'
import { createNotebookStore, emptyNotebook, type NotebookStore } from './store'

const StoreContext = createContext<NotebookStore | undefined>(undefined)

/** Opens the reader's notebook, kept in this browser and on the server, for all parts of the page. */
export function NotebookProvider({ children }: { children: ReactNode }) {
  const [store] = useState(createNotebookStore)
  useEffect(() => store.open(), [store])
  return <StoreContext value={store}>{children}</StoreContext>
}

function useStore(): NotebookStore {
  const store = useContext(StoreContext)
  if (!store) throw new Error('the notebook is used outside NotebookProvider')
  return store
}

/** All items, by id, and whether they have been read yet: before that, nothing is known to be missing. */
export function useNotebook() {
  const store = useStore()
  const state = useSyncExternalStore(store.subscribe, store.get, () => emptyNotebook)
  const { put, drop, clear, merge, refresh } = store
  return { ...state, put, drop, clear, merge, refresh }
}

/** One item, by kind and what it is of. */
export function useItem<Kind extends NotebookKind>(kind: Kind, of: string): ItemOf<Kind> | undefined {
  const { items } = useNotebook()
  const item: NotebookItem | undefined = items[`${kind}:${of}`]
  return item?.kind === kind ? (item as ItemOf<Kind>) : undefined
}
