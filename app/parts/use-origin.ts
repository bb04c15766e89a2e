'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Where this app is reached, as `http://127.0.0.1:3000`; empty until the page runs in a browser. */
export const useOrigin = (): string =>
  useSyncExternalStore(
    never,
    () => location.origin,
    () => '',
  )
