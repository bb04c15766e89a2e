'use client'

import { startTransition, useEffect, useRef, useState } from 'react'

/**
 * The value, but a new one at most every `everyMs`, and not before the page has time for it: the first at once, and
 * always the last.
 */
export function useThrottled<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value)
  const last = useRef(0)
  useEffect(() => {
    const timer = setTimeout(
      () => {
        last.current = Date.now()
        startTransition(() => setShown(() => value))
      },
      Math.max(everyMs - (Date.now() - last.current), 0),
    )
    return () => clearTimeout(timer)
  }, [value, everyMs])
  return shown
}
