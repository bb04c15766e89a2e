'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { ProcessStates } from '@/lib/processes/routes'
import { getProcesses } from './api'

/** A process may die, be replaced and be stopped by others: so often the page looks. */
const EVERY_MS = 2_000
const KEY = ['processes']

const never = () => () => {}

/**
 * The processes beside the app. A panel that is hydrated after another one has asked is first drawn as the server drew
 * it, and that knew of none.
 */
export function useProcesses(): { data?: ProcessStates; error: Error | null; isPending: boolean } {
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const { data, error, isPending } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => getProcesses(signal),
    refetchInterval: EVERY_MS,
  })
  return hydrated ? { data, error, isPending } : { error: null, isPending: true }
}

/** Tells all panels of the page of what is there now. */
export function useTellProcesses(): (states?: ProcessStates) => void {
  const client = useQueryClient()
  return (states) => {
    if (states) client.setQueryData(KEY, states)
    else void client.invalidateQueries({ queryKey: KEY })
  }
}
