'use client'

import { type DefaultError, type QueryKey, skipToken, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { useHydrated } from '@/app/parts/use-hydrated'

/**
 * Reads from the app's server: `useQuery`, but pending while its part of the page is hydrated. Panels hydrate one after
 * another, so a late one would find what an early one has read, and differ from the HTML that it takes over.
 */
export function useServerQuery<Data, Failure = DefaultError>(options: UseQueryOptions<Data, Failure, Data, QueryKey>) {
  const hydrated = useHydrated()
  return useQuery<Data, Failure, Data, QueryKey>(
    hydrated ? options : { queryKey: ['before hydration'], queryFn: skipToken },
  )
}
