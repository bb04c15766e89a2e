'use client'

import { useQuery } from '@tanstack/react-query'
import { getHealth } from '@/app/lab/api'

const WHILE_OK_MS = 10_000
const WHILE_NOT_MS = 2_000

/** How the backing services are, asked again and again: more often while something is away. */
export const useHealth = () =>
  useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => getHealth(signal),
    refetchInterval: ({ state }) =>
      state.data?.status === 'ok' && state.status === 'success' ? WHILE_OK_MS : WHILE_NOT_MS,
  })
