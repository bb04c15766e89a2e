'use client'

import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { startRun, stopRun } from '@/app/lab/api'
import { type Fault, faultIn } from '@/app/lab/problem'
import { isOver, useRun, type WatchedRun } from '@/app/lab/use-run'
import type { RunRequest } from '@/lib/runs/config'
import { type Ab, type AbAction, noAb, reduceAb, type Side, turnOf } from './ab'
import { useKept } from './use-kept'

const FORGOTTEN = 'the server knows nothing of it any more: it was started anew meanwhile'

export interface AbControl {
  ab: Ab
  /** Whether it has been looked up what a reload left. */
  known: boolean
  /** The run under way. */
  run: WatchedRun
  busy: boolean
  /** Why a run could not be started or watched. */
  fault?: Fault
  begin: (pairs: number, configs: Readonly<Record<Side, RunRequest>>) => void
  /** Take the turns that are left. */
  resume: () => void
  stop: () => void
}

/**
 * The runs of an A/B, one after another. It is kept for as long as the tab lives: a reload watches the run under way and
 * goes on after it.
 */
export function useAb(panel: string): AbControl {
  const { value: ab, known, change } = useKept<Ab>(`hitrate:ab:${panel}`, noAb)
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

  const side = turnOf(ab)?.side
  const config = side && ab.configs?.[side]
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
  return {
    ab,
    known,
    run,
    busy: ab.status === 'running',
    fault: problem ? faultIn(problem) : fault?.code === 'run-not-found' ? undefined : fault,
    begin(pairs, configs) {
      start.reset()
      cancel.reset()
      dispatch({ kind: 'begin', pairs, configs })
    },
    resume() {
      start.reset()
      cancel.reset()
      dispatch({ kind: 'resume' })
    },
    stop() {
      if (ab.run !== undefined) cancel.mutate(ab.run)
      dispatch({ kind: 'stop', why: 'You stopped it.' })
    },
  }
}
