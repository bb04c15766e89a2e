'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useExperiment } from '@/app/experiment/experiment-context'
import { endOf, type Race } from './race-story'
import { seenOf, send } from './send'
import { someNote, write } from './write'

/** The first reader is held up for so long, in ms: enough for a write in the middle on a machine that is busy. */
export const HELD_UP_MS = 600
/** When the writer is sent, in ms after the first reader: long after that has read its row, long before it goes on. */
const WRITE_AFTER_MS = 250

/** The addresses of one race. */
export interface Raced {
  strategy: string
  key: string
  /** Seconds. */
  ttl: number
  slowPath: string
  path: string
}

/**
 * Run races in this lab, one at a time. Each tells the experiment around it its requests, and, where it was one, the
 * figure `behind:<strategy>`: by how many versions the later reader was behind.
 */
export function useRace() {
  const experiment = useExperiment()
  const [race, setRace] = useState<Race>()
  const [busy, setBusy] = useState(false)
  /** The race that is shown: what comes of one that was forgotten counts no more. */
  const current = useRef(0)

  const start = async ({ strategy, key, ttl, slowPath, path }: Raced) => {
    current.current += 1
    const mine = current.current
    let now: Race = { strategy, key, ttl, startMs: performance.now() }
    const add = (part: Partial<Race>) => {
      if (current.current !== mine) return false
      now = { ...now, ...part }
      setRace(now)
      return true
    }
    add({})
    setBusy(true)
    const asked = { resource: 'tasks/{id}', strategy }
    const reading = send({ ...asked, path: slowPath }).then((reader) => add({ reader }))
    await new Promise((over) => setTimeout(over, WRITE_AFTER_MS))
    const [, goesOn] = await Promise.all([reading, write(path, someNote(Date.now())).then((writer) => add({ writer }))])
    if (!goesOn) return
    const later = await send({ ...asked, path })
    if (!add({ later })) return
    setBusy(false)
    if (now.reader) experiment?.sawRequest(seenOf(now.reader))
    experiment?.sawRequest(seenOf(later))
    const end = endOf(now)
    if (end?.kind === 'old' || end?.kind === 'new')
      experiment?.sawFigure(`behind:${strategy}`, end.kind === 'old' ? end.behind : 0)
  }

  const forget = useCallback(() => {
    current.current += 1
    setRace(undefined)
    setBusy(false)
  }, [])

  // Another prediction begins with nothing seen.
  const committed = experiment?.committed ?? true
  useEffect(() => {
    if (!committed) forget()
  }, [committed, forget])

  return { race, busy, start }
}
