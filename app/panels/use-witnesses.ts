'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useExperiment } from '@/app/experiment/experiment-context'
import { useLabState } from '@/app/lab/lab-provider'
import { type Ask, type Sent, seenOf, send } from './send'
import {
  addCounts,
  countHeard,
  countSent,
  noneAsked,
  noneHeard,
  type PageCount,
  type ServerCount,
  witnessFigures,
} from './witness'

/**
 * The server's log counts as told when no row has come for this long: its stream sends every 50 ms. Stopping at the
 * number that the browser leads one to expect would make one witness out of two.
 */
const QUIET_MS = 400

/** What both have counted of one strategy, and at which address. */
export interface Counted {
  path: string
  page: PageCount
  /** Absent while it is waited for, and where the server began anew meanwhile. */
  server?: ServerCount
}

/** Fetches one after another, and what becomes of them. */
export interface Round {
  strategy: string
  path: string
  sends: readonly Sent[]
  /** All of them are answered; the server's rows may still be on their way. */
  answered: boolean
  /** The seq of the log's last row before the round, and the life of the server that it is of. */
  since: number
  epoch?: string
}

/** Count fetches of this page by two witnesses, by strategy, until `forget` is called. */
export function useWitnesses() {
  const experiment = useExperiment()
  const log = useLabState((state) => state.log)
  const epoch = useLabState((state) => state.epoch)
  const live = useLabState((state) => state.connection) === 'live'
  const [counts, setCounts] = useState<Readonly<Record<string, Counted>>>({})
  const [round, setRound] = useState<Round>()
  const [listening, setListening] = useState(false)
  /** Which round the fetches belong to: those of one that was forgotten count no more. */
  const current = useRef(0)

  const ask = async (what: Omit<Ask, 'past'>, times: number) => {
    const { strategy, path } = what
    current.current += 1
    const mine = current.current
    const goesOn = counts[strategy]?.path === path
    let begun: Round = { strategy, path, sends: [], answered: false, since: log.last, epoch }
    if (!goesOn) setCounts((before) => ({ ...before, [strategy]: { path, page: noneAsked, server: noneHeard } }))
    setRound(begun)
    setListening(true)
    for (let i = 0; i < times; i += 1) {
      // A count begins as if the browser had kept nothing: whatever it keeps from before is passed over, and replaced.
      const sent = await send({ ...what, past: !goesOn && i === 0 })
      if (current.current !== mine) return
      begun = { ...begun, sends: [...begun.sends, sent], answered: i === times - 1 }
      setRound(begun)
      experiment?.sawRequest(seenOf(sent))
    }
  }

  const forget = useCallback(() => {
    current.current += 1
    setCounts({})
    setRound(undefined)
    setListening(false)
  }, [])

  const sawFigure = experiment?.sawFigure
  useEffect(() => {
    if (!listening || !round?.answered || !live) return
    const settle = () => {
      const { strategy, path, since, sends } = round
      const resource = sends[0]?.resource ?? ''
      const before = counts[strategy] ?? { path, page: noneAsked, server: noneHeard }
      const page = addCounts(before.page, sends.reduce(countSent, noneAsked))
      // After a restart the log counts from 1 again, and what it had counted before is gone.
      const known = before.server && round.epoch === epoch ? before.server : undefined
      const server = known && addCounts(known, countHeard(log.rows, { since, resource, strategy }))
      setCounts((all) => ({ ...all, [strategy]: { path, page, server } }))
      setListening(false)
      if (!server) return
      for (const [name, value] of witnessFigures(strategy, page, server)) sawFigure?.(name, value)
    }
    const timer = setTimeout(settle, QUIET_MS)
    return () => clearTimeout(timer)
  }, [listening, round, live, log, epoch, counts, sawFigure])

  // Another prediction begins with nothing seen.
  const committed = experiment?.committed ?? true
  useEffect(() => {
    if (!committed) forget()
  }, [committed, forget])

  return { counts, round, listening, live, ask, forget }
}
