'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Tells whether React runs this part of the page: false on the server, and in the render that takes over its HTML. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
