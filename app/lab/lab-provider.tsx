'use client'

import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { getLab } from './api'
import { faultIn } from './problem'
import { initialLab, type LabState } from './state'
import { createLabStore, type LabStore } from './store'
import { useServerQuery } from './use-server-query'

const StoreContext = createContext<LabStore | undefined>(undefined)

/**
 * Finds out whose lab this browser works in, and follows its stream. The context's value never changes: a change would
 * make React throw away the prerendered panels whose code is still on its way, and what was typed into them.
 */
export function LabProvider({ children }: { children: ReactNode }) {
  const [store] = useState(createLabStore)
  const { data, error } = useServerQuery({
    queryKey: ['lab'],
    queryFn: ({ signal }) => getLab(signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) => (query.state.data ? false : 2_000),
  })
  const lab = data?.lab
  useEffect(() => store.meet(lab, error && !lab ? faultIn(error) : undefined), [store, lab, error])
  useEffect(() => (lab === undefined ? undefined : store.follow(lab)), [store, lab])

  return <StoreContext value={store}>{children}</StoreContext>
}

function useStore(): LabStore {
  const store = useContext(StoreContext)
  if (!store) throw new Error('the lab is used outside LabProvider')
  return store
}

/** A part of what the page knows of its lab. `select` has to give the same object while its part is the same. */
export function useLabState<T>(select: (state: LabState) => T): T {
  const store = useStore()
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(initialLab),
  )
}

/**
 * The same, but a new one at most every `everyMs`, and not before the page has time for it: for what is much to draw
 * and not hurried. `select` has to be the same function at every render.
 */
export function useCalmLabState<T>(select: (state: LabState) => T, everyMs: number): T {
  const store = useStore()
  const [shown, setShown] = useState(() => select(initialLab))
  useEffect(() => {
    let last = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = () => {
      timer = undefined
      last = Date.now()
      startTransition(() => setShown(() => select(store.get())))
    }
    const changed = () => {
      timer ??= setTimeout(show, Math.max(everyMs - (Date.now() - last), 0))
    }
    const leave = store.subscribe(changed)
    changed()
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [store, select, everyMs])
  return shown
}

const nameOf = ({ lab }: LabState) => lab
const faultOf = ({ fault }: LabState) => fault

/** The lab's name, and why it has none where that could not be asked. */
export const useLab = () => ({ lab: useLabState(nameOf), fault: useLabState(faultOf) })

/** Hands in what was asked of the lab's attempts while its stream was away. */
export const useLearnAttempts = () => useStore().learnAttempts
