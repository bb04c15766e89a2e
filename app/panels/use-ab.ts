'use client'

import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { startRun, stopRun } from '@/app/lab/api'
import { type Fault, faultIn } from '@/app/lab/problem'
import { isOver, useRun, type WatchedRun } from '@/app/lab/use-run'
import type { RunRequest } from '@/lib/runs/config'
import { type Ab, type AbAction, noAb, reduceAb, requestOf, type Side } from './ab'
import { useKept } from './use-kept'

const FORGOTTEN = 'the server has restarted since then, and no longer knows it'

export interface AbControl {
  ab: Ab
  /** Whether it has been looked up what a reload left. */
  known: boolean
  /** The run under way. */
  run: WatchedRun
  busy: boolean
  /** Why a run could not be started or watched. */
  fault?: Fault
  begin: (pairs: number, seed: number, configs: Readonly<Record<Side, RunRequest>>) => void
  /** Takes the turns that are left. */
  resume: () => void
  /** Runs the pairs again that were left out. */
  again: () => void
  stop: () => void
}

/**
 * The runs of an A/B, one after another. It is kept for as long as the tab lives: a reload watches the run under way and
 * goes on after it.
 */
export function useAb(panel: string): AbControl {
  const { value: ab, known, change } = useKept<Ab>(`hitrate:ab-2:${panel}`, noAb)
  const dispatch = useCallback((action: AbAction) => change((before) => reduceAb(before, action)), [change])
  const run = useRun(known ? ab.run : undefined)
  const latest = useRef(ab)
  latest.current = ab

  const cancel = useMutation({ mutationFn: stopRun })
  const start = useMutation({
    mutationFn: ({ config }: { config: RunRequest; turn: number; configs: Ab['configs'] }) => startRun(config),
    onSuccess: ({ id }, { turn, configs }) => {
      const { status, run, ended, configs: wanted } = latest.current
      const awaited = status === 'running' && run === undefined && wanted === configs && ended.length === turn
      if (awaited) dispatch({ kind: 'started', run: id })
      // Stopped while it was being started, and perhaps begun anew.
      else cancel.mutate(id)
    },
    onError: () => dispatch({ kind: 'stop', why: 'A run could not be started.' }),
  })

  const config = useMemo(() => requestOf(ab), [ab])
  const due = known && ab.status === 'running' && ab.run === undefined ? ab.ended.length : undefined
  const { mutate } = start
  // An effect may run twice for one turn; the run is started once.
  const asked = useRef<number>(undefined)
  useEffect(() => {
    if (due === undefined || !config) asked.current = undefined
    else if (asked.current !== due) {
      asked.current = due
      mutate({ config, turn: due, configs: ab.configs })
    }
  }, [due, config, ab.configs, mutate])

  const { state, fault } = run
  useEffect(() => {
    if (!state || state.id !== ab.run || !isOver(state)) return
    if (state.status === 'done') dispatch({ kind: 'done', report: state.report })
    else dispatch({ kind: 'failed', run: state.id, why: `${state.status}${state.reason ? `, ${state.reason}` : ''}` })
  }, [state, ab.run, dispatch])
  useEffect(() => {
    if (fault?.code === 'run-not-found' && ab.run) dispatch({ kind: 'failed', run: ab.run, why: FORGOTTEN })
  }, [fault, ab.run, dispatch])

  const problem = start.error ?? cancel.error
  /** Does something that starts runs, and forgets what went wrong before. */
  const fresh = (action: AbAction) => {
    start.reset()
    cancel.reset()
    dispatch(action)
  }
  return {
    ab,
    known,
    run,
    busy: ab.status === 'running',
    fault: problem ? faultIn(problem) : fault?.code === 'run-not-found' ? undefined : fault,
    begin: (pairs, seed, configs) => fresh({ kind: 'begin', pairs, seed, configs }),
    resume: () => fresh({ kind: 'resume' }),
    again: () => fresh({ kind: 'again' }),
    stop() {
      if (ab.run !== undefined) cancel.mutate(ab.run)
      dispatch({ kind: 'stop', why: 'You stopped it.' })
    },
  }
}
