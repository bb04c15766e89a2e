'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Within this much of the window it counts as seen: a reader who scrolls finds it drawn. */
const MARGIN = '300px'

/** Whether the element is in the window, or nearly. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(true)
  useEffect(() => {
    if (!element.current) return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? true), {
      rootMargin: MARGIN,
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return near
}
