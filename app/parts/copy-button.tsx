'use client'

import { useEffect, useState } from 'react'
import { copyText } from './copy'

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

  // If the browser forbids it, the text is there to be selected.
  const copy = async () =>
    setSaid((await copyText(typeof text === 'string' ? text : text())) ? 'Copied' : 'Not allowed')

  return (
    <button type="button" className={className} onClick={() => void copy()}>
      <span aria-live="polite">{said ?? children}</span>
    </button>
  )
}
