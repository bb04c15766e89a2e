'use client'

import { getHealth } from '@/app/lab/api'
import { useServerQuery } from '@/app/lab/use-server-query'

const WHILE_OK_MS = 10_000
const WHILE_NOT_MS = 2_000

/** The state of the backing services, read again and again: more often while one is unavailable. */
export const useHealth = () =>
  useServerQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => getHealth(signal),
    refetchInterval: ({ state }) =>
      state.data?.status === 'ok' && state.status === 'success' ? WHILE_OK_MS : WHILE_NOT_MS,
  })
