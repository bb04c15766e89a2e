'use client'

import { type RefObject, useEffect, useRef } from 'react'

/**
 * Take over what the reader has typed or chosen before React was there: pages are prerendered, and their controls can
 * be used at once. `read` gives what the element holds; `adopt` hears of it once, where it is not `value`.
 */
export function useEarlyInput<E extends HTMLElement>(
  value: string,
  read: (element: E) => string | undefined,
  adopt: (value: string) => void,
): RefObject<E | null> {
  const element = useRef<E>(null)
  const first = useRef({ value, read, adopt })
  useEffect(() => {
    const { value, read, adopt } = first.current
    const held = element.current ? read(element.current) : undefined
    if (held !== undefined && held !== value) adopt(held)
  }, [])
  return element
}
