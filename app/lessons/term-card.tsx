'use client'

import { type FocusEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { placeCard } from './place-card'

/** Milliseconds. Short enough to answer, long enough that a pointer on its way elsewhere opens nothing. */
const OPEN_AFTER_MS = 150
/** Time to get from the word into the card. */
const CLOSE_AFTER_MS = 250

/**
 * A word with a card. The card is a native popover: the button opens it without scripts too, Escape and a tap beside it
 * close it, and the browser tells screen readers whether it is open. Scripts add hover and focus, and put it at the
 * word. Only spans, since it stands in the middle of a sentence.
 */
export function TermCard({ word, short, children }: { word: ReactNode; short: ReactNode; children: ReactNode }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const card = useRef<HTMLSpanElement>(null)
  /** Opened by a click: then the pointer may leave. */
  const pinned = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const isOpen = () => card.current?.matches(':popover-open') ?? false
  const open = () => {
    clearTimeout(timer.current)
    if (isOpen() || !card.current || !button.current) return
    card.current.showPopover()
    const at = placeCard(button.current.getBoundingClientRect(), card.current.getBoundingClientRect(), {
      width: document.documentElement.clientWidth,
      height: document.documentElement.clientHeight,
    })
    // On the page, not on the screen: it scrolls along with its word.
    const [left, top] = [at.left + scrollX, at.top + scrollY]
    Object.assign(card.current.style, { position: 'absolute', inset: 'auto', margin: '0' })
    Object.assign(card.current.style, { left: `${left}px`, top: `${top}px` })
  }
  const close = () => {
    clearTimeout(timer.current)
    if (isOpen()) card.current?.hidePopover()
  }
  const after = (ms: number, act: () => void) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, ms)
  }
  const withMouse = (act: () => void) => (event: PointerEvent) => {
    if (event.pointerType === 'mouse') act()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button is what is operated; this watches over it and the card
    <span
      onPointerEnter={withMouse(() => after(OPEN_AFTER_MS, open))}
      onPointerLeave={withMouse(() => after(CLOSE_AFTER_MS, () => !pinned.current && close()))}
      onBlur={({ relatedTarget, currentTarget }: FocusEvent) => {
        // Nothing gets the focus when text in the card is selected: then it stays.
        if (relatedTarget && !currentTarget.contains(relatedTarget)) close()
      }}
    >
      <button
        ref={button}
        type="button"
        className="term"
        popoverTarget={id}
        aria-describedby={`${id}-short`}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) open()
        }}
        onClick={(event) => {
          // Hover or focus may have opened it already: the first click keeps it, the next one closes it.
          event.preventDefault()
          if (isOpen() && pinned.current) return close()
          open()
          pinned.current = true
        }}
      >
        {word}
      </button>
      <span
        ref={card}
        id={id}
        popover="auto"
        className="term-card"
        onToggle={({ newState }) => {
          if (newState === 'closed') pinned.current = false
        }}
      >
        <span id={`${id}-short`} className="block font-semibold">
          {short}
        </span>
        {children}
      </span>
    </span>
  )
}
