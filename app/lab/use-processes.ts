'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { ProcessStates } from '@/lib/processes/routes'
import { getProcesses } from './api'
import { useServerQuery } from './use-server-query'

/** How often the page looks: a process may die, be replaced, or be stopped from elsewhere. */
const EVERY_MS = 2_000
const KEY = ['processes']

/** The edge and the workers, as they run now. `enabled: false` reads nothing. */
export const useProcesses = ({ enabled = true } = {}) =>
  useServerQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => getProcesses(signal),
    enabled,
    refetchInterval: EVERY_MS,
  })

/** Tells all panels of the page of what is there now. */
export function useTellProcesses(): (states?: ProcessStates) => void {
  const client = useQueryClient()
  return (states) => {
    if (states) client.setQueryData(KEY, states)
    else void client.invalidateQueries({ queryKey: KEY })
  }
}
