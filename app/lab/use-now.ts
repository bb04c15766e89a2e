'use client'

import { useSyncExternalStore } from 'react'

const TICK_MS = 100
const CALM_TICK_MS = 1_000

/** One clock for all countdowns of a page; it runs while somebody looks at it. */
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = 0

function subscribe(listener: () => void) {
  listeners.add(listener)
  if (timer === undefined) {
    now = Date.now()
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    timer = setInterval(
      () => {
        now = Date.now()
        for (const each of listeners) each()
      },
      calm ? CALM_TICK_MS : TICK_MS,
    )
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** This browser's time in epoch milliseconds, ten times a second; once where the reader asked for less motion. 0 before mounting. */
export const useNow = (): number =>
  useSyncExternalStore(
    subscribe,
    () => now,
    () => 0,
  )
