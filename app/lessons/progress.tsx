'use client'

import { useEffect, useSyncExternalStore } from 'react'

/** How far a reader is with a lesson: kept in this browser, for there is no account. */
export type Reading = 'begun' | 'read'

const NAME = 'hitrate-read'
const listeners = new Set<() => void>()
let cached: { text: string | null; value: Readonly<Record<string, Reading>> } = { text: null, value: {} }
const none: Readonly<Record<string, Reading>> = {}

function progress(): Readonly<Record<string, Reading>> {
  let text: string | null = null
  try {
    text = localStorage.getItem(NAME)
    if (text !== cached.text) cached = { text, value: text ? (JSON.parse(text) as Record<string, Reading>) : {} }
  } catch {
    // Storage is closed to this page, or holds something else: nothing is known.
    cached = { text, value: none }
  }
  return cached.value
}

function mark(slug: string, reading: Reading) {
  const before = progress()
  if (before[slug] === reading || before[slug] === 'read') return
  try {
    localStorage.setItem(NAME, JSON.stringify({ ...before, [slug]: reading }))
  } catch {
    // Then the next visit begins anew.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

const useProgress = () => useSyncExternalStore(subscribe, progress, () => none)

/** Notes that a lesson was opened, and that its end was reached. */
export function MarkProgress({ slug }: { slug: string }) {
  useEffect(() => {
    mark(slug, 'begun')
    const end = document.querySelector('[data-lesson-end]')
    if (!end) return
    const seen = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) mark(slug, 'read')
    })
    seen.observe(end)
    return () => seen.disconnect()
  }, [slug])
  return null
}

/** An empty, half or full square: progress is no outcome, so it wears none of their shapes. */
export function ProgressMark({ slug }: { slug: string }) {
  const reading = useProgress()[slug]
  const said = reading === 'read' ? 'read' : reading === 'begun' ? 'begun' : 'not begun'
  return (
    <svg width="13" height="13" viewBox="0 0 13 13" className="shrink-0" role="img" aria-label={said}>
      <rect x="1" y="1" width="11" height="11" fill="none" stroke="currentColor" strokeWidth="1.6" />
      {reading && <rect x="1" y="1" width={reading === 'read' ? 11 : 5.5} height="11" fill="currentColor" />}
    </svg>
  )
}
