'use client'

import { useCallback, useEffect, useState } from 'react'

/**
 * State that is kept for as long as the tab lives, so that a reload finds it again. `known` is false until it has been
 * looked up: what a page is prerendered with holds `initial`, which must be the same object each time.
 */
export function useKept<T>(name: string, initial: T) {
  const [{ value, known }, setState] = useState({ value: initial, known: false })
  useEffect(() => setState({ value: read(name, initial), known: true }), [name, initial])

  const change = useCallback(
    (next: (before: T) => T) =>
      setState((before) => {
        const after = next(before.value)
        write(name, after)
        return { value: after, known: true }
      }),
    [name],
  )
  return { value, known, change }
}

function read<T>(name: string, initial: T): T {
  try {
    const text = sessionStorage.getItem(name)
    return text ? (JSON.parse(text) as T) : initial
  } catch {
    // Storage is closed to this page, or holds something else: begin anew.
    return initial
  }
}

function write(name: string, value: unknown) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value))
  } catch {
    // Then a reload begins anew.
  }
}
