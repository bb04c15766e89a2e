'use client'

import { useEffect, useState } from 'react'

/** Copies a text, and says whether it did. */
export function CopyButton({
  text,
  children = 'Copy',
  className = 'button-quiet',
}: {
  text: string | (() => string)
  children?: React.ReactNode
  className?: string
}) {
  const [said, setSaid] = useState<string>()
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), 1_600)
    return () => clearTimeout(timer)
  }, [said])

  const copy = () =>
    navigator.clipboard
      .writeText(typeof text === 'string' ? text : text())
      .then(() => setSaid('Copied'))
      // The browser may forbid it: then the text is there to be selected.
      .catch(() => setSaid('Not allowed'))

  return (
    <button type="button" className={className} onClick={() => void copy()}>
      <span aria-live="polite">{said ?? children}</span>
    </button>
  )
}
