import type { ReactNode } from 'react'

/** What may scroll on its own: named, and reached by the keyboard, since the arrow keys scroll only what has the focus. */
export function Scroller({ name, className, children }: { name: string; className: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1 asks that scrolling works by keyboard (axe: scrollable-region-focusable)
    <section className={className} aria-label={name} tabIndex={0}>
      {children}
    </section>
  )
}
