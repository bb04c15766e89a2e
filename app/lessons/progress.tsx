'use client'

import { useEffect, useRef } from 'react'
import { useItem, useNotebook } from '@/app/notebook/notebook-provider'

/** A heading that is scrolled past this share of the window has been come to. */
const SEEN_ABOVE = 0.35
/** Headings that are scrolled past quickly are not noted. */
const PAUSE_MS = 1_000
/** Characters of a heading, as the notebook's schema has it. */
const MOST = 120

/** Notes that a lesson was opened, which heading was come to, and that its end was reached. */
export function MarkProgress({ slug }: { slug: string }) {
  const { known, put } = useNotebook()
  const item = useItem('progress', slug)
  const latest = useRef(item)
  useEffect(() => {
    latest.current = item
  }, [item])

  useEffect(() => {
    if (!known) return
    const note = (seen: { end?: true; heading?: string }) => {
      const before = latest.current
      const reading = seen.end ? 'read' : (before?.reading ?? 'begun')
      const heading = seen.heading ?? before?.heading
      if (before && before.reading === reading && before.heading === heading) return
      put({
        id: `progress:${slug}`,
        kind: 'progress',
        lesson: slug,
        reading,
        heading,
        begun: before?.begun ?? before?.at ?? Date.now(),
      })
    }
    note({})

    const end = document.querySelector('[data-lesson-end]')
    const reached = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) note({ end: true })
    })
    if (end) reached.observe(end)
    const unfollow = followHeadings((heading) => note({ heading }))
    return () => {
      reached.disconnect()
      unfollow()
    }
  }, [known, slug, put])
  return null
}

/**
 * Hear of the heading that the reader is at, once they stay there. What is in view before they scroll says nothing of
 * how far they are: the place that was noted before stands until then.
 */
function followHeadings(come: (heading: string) => void): () => void {
  let scrolled = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const passed = new Map<Element, boolean>()
  const look = () => {
    if (!scrolled) return
    const last = [...passed].findLast(([, isPassed]) => isPassed)?.[0].textContent
    clearTimeout(timer)
    if (last && last.length <= MOST) timer = setTimeout(() => come(last), PAUSE_MS)
  }
  const scroll = () => {
    scrolled = true
    removeEventListener('scroll', scroll)
    look()
  }
  addEventListener('scroll', scroll, { passive: true })
  const headings = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        passed.set(target, isIntersecting || boundingClientRect.top < 0)
      }
      look()
    },
    { rootMargin: `0px 0px -${(1 - SEEN_ABOVE) * 100}% 0px` },
  )
  for (const heading of document.querySelectorAll('.lesson > h2[id]')) {
    passed.set(heading, false)
    headings.observe(heading)
  }
  return () => {
    clearTimeout(timer)
    removeEventListener('scroll', scroll)
    headings.disconnect()
  }
}

/** An empty, half or full square: progress is no outcome, so it wears none of their shapes. */
export function ProgressMark({ slug }: { slug: string }) {
  const reading = useItem('progress', slug)?.reading
  const said = reading === 'read' ? 'read' : reading === 'begun' ? 'begun' : 'not begun'
  return (
    <svg width="13" height="13" viewBox="0 0 13 13" className="shrink-0" role="img" aria-label={said}>
      <rect x="1" y="1" width="11" height="11" fill="none" stroke="currentColor" strokeWidth="1.6" />
      {reading && <rect x="1" y="1" width={reading === 'read' ? 11 : 5.5} height="11" fill="currentColor" />}
    </svg>
  )
}

/** How many of a lesson's exercises are done: `1 of 2 exercises`. Nothing where it has none. */
export function ExercisesDone({ ids }: { ids: readonly string[] }) {
  const { items } = useNotebook()
  if (ids.length === 0) return null
  const done = ids.filter((id) => items[`exercise:${id}`]).length
  return <span>{`${done} of ${ids.length} ${ids.length === 1 ? 'exercise' : 'exercises'}`}</span>
}
