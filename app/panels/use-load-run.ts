'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useExperiment } from '@/app/experiment/experiment-context'
import { startRun, stopRun } from '@/app/lab/api'
import { type Fault, faultIn } from '@/app/lab/problem'
import { isOver, type RunStanding, useRunStanding } from '@/app/lab/use-run'
import type { RunRequest } from '@/lib/runs/config'
import type { Report } from '@/lib/runs/report'
import { usePanelRuns } from './panel-runs'

export interface LoadRun {
  /** The run that the panel shows; undefined where there was none yet. */
  id?: string
  run: RunStanding
  over: boolean
  /** A run is being started, or goes on. */
  busy: boolean
  /** What it has measured, once it is over. */
  report?: Report
  /** Reports that the panel remembers, the oldest first. */
  reports: readonly Report[]
  /** Why it could not be started: what the form says of its fields. */
  startFault?: Fault
  /** What is to be told. */
  fault?: Fault
  /** The server knows nothing of the last run any more. */
  lost: boolean
  stopping: boolean
  start: (config: RunRequest) => void
  stop: () => void
}

/** The runs of one panel: start, stop, watch and remember them, and tell the experiment around it of their reports. */
export function useLoadRun(panel: string): LoadRun {
  const experiment = useExperiment()
  const runs = usePanelRuns(panel)
  const run = useRunStanding(runs.known ? runs.id : undefined)
  const { state, fault } = run

  const [lost, setLost] = useState(false)
  const start = useMutation({
    mutationFn: startRun,
    onSuccess: ({ id }) => {
      setLost(false)
      runs.watch(id)
    },
  })
  const stop = useMutation({ mutationFn: stopRun })

  const over = isOver(state)
  const { remember, watch } = runs
  const ended = state && over && state.report.requests > 0 ? state : undefined
  const known = runs.reports.some(({ run }) => run === ended?.id)
  useEffect(() => {
    if (!ended || known) return
    remember(ended.report)
    // Told once: a run that a reload finds again was told before.
    if (ended.status === 'done') experiment?.sawReport(ended.report)
  }, [ended, known, remember, experiment])
  useEffect(() => {
    // A run that the server has forgotten: there is nothing to rejoin.
    if (fault?.code !== 'run-not-found') return
    watch(undefined)
    setLost(true)
  }, [fault, watch])

  const startFault = start.error ? faultIn(start.error) : undefined
  const stopFault = stop.error ? faultIn(stop.error) : undefined
  return {
    id: runs.id,
    run,
    over,
    busy: start.isPending || (runs.id !== undefined && !over && !fault),
    report: ended?.report,
    reports: runs.reports,
    startFault,
    fault: startFault ?? stopFault ?? fault,
    lost,
    stopping: stop.isPending,
    start: start.mutate,
    stop: () => runs.id !== undefined && stop.mutate(runs.id),
  }
}
