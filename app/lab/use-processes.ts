'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ProcessStates } from '@/lib/processes/routes'
import { getProcesses } from './api'

/** A process may die, be replaced and be stopped by others: so often the page looks. */
const EVERY_MS = 2_000
const KEY = ['processes']

/** The processes beside the app. */
export const useProcesses = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => getProcesses(signal), refetchInterval: EVERY_MS })

/** Tells all panels of the page of what is there now. */
export function useTellProcesses(): (states?: ProcessStates) => void {
  const client = useQueryClient()
  return (states) => {
    if (states) client.setQueryData(KEY, states)
    else void client.invalidateQueries({ queryKey: KEY })
  }
}
