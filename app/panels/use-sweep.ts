'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { startRun, stopRun } from '@/app/lab/api'
import { useLab } from '@/app/lab/lab-provider'
import { type Fault, faultIn } from '@/app/lab/problem'
import { isOver, useRun, type WatchedRun } from '@/app/lab/use-run'
import type { Report } from '@/lib/runs/report'
import { DEFAULT_LOAD, runRequest } from './load-setup'
import { resourceOf, type SetupProps, setupOf } from './setup'
import { beginSweep, nextTtl, resumeSweep, type Sweep, type SweepSettings, stopSweep, withReport } from './sweep'
import { useKept } from './use-kept'

const none: Sweep = {
  status: 'none',
  settings: { strategy: 'memory', rate: '', seconds: '', seed: '' },
  ttls: [],
  points: [],
}

/** Seconds of load before the figures of a run begin: theory is about a cache that has been at work for a while. */
export const WARM_UP = 1

const FORGOTTEN = 'The server has restarted since then, and no longer knows the run.'

export interface SweepControl {
  sweep: Sweep
  /** Whether it has been looked up what a reload left. */
  known: boolean
  /** The run under way. */
  run: WatchedRun
  /** Why a run could not be started, watched or stopped. */
  fault?: Fault
  begin: (settings: SweepSettings, ttls: readonly number[]) => void
  /** Measure the TTLs that are left. */
  resume: () => void
  stop: () => void
}

/**
 * The runs of a sweep, one after another. It is kept for as long as the tab lives: a reload watches the run under way
 * and goes on after it. `measured` hears of each report once, and of the sweep that it makes.
 */
export function useSweep(
  panel: string,
  of: { resource: string; params?: SetupProps['params'] },
  measured: (report: Report, sweep: Sweep) => void,
): SweepControl {
  const catalog = useCatalog()
  const { lab } = useLab()
  const { value: sweep, known, change } = useKept(`hitrate:sweep:${panel}`, none)
  const run = useRun(known ? sweep.run : undefined)
  const resource = resourceOf(catalog, of.resource)
  const latest = useRef(sweep)
  latest.current = sweep

  const cancel = useMutation({ mutationFn: stopRun })
  const start = useMutation({
    mutationFn: ({ ttl, settings, lab }: { ttl: number; settings: SweepSettings; lab: string }) => {
      const { strategy, rate, seconds, seed, writes = DEFAULT_LOAD.writes } = settings
      const setup = setupOf(catalog, { ...of, strategy, ttl })
      const load = { ...DEFAULT_LOAD, mode: 'open' as const, rate, seconds, seed, writes, warmup: String(WARM_UP) }
      return startRun(runRequest(setup, load, resource, lab))
    },
    onSuccess: ({ id }, { ttl, settings }) => {
      const { status, run, settings: wanted } = latest.current
      const awaited = status === 'running' && run === undefined && wanted === settings
      // Stopped while it was being started, and perhaps begun anew.
      if (awaited && nextTtl(latest.current) === ttl) change((before) => ({ ...before, run: id }))
      else cancel.mutate(id)
    },
    onError: () => change((before) => stopSweep(before, 'A run could not be started.')),
  })

  const ttl = nextTtl(sweep)
  const due = known && sweep.status === 'running' && sweep.run === undefined && lab !== undefined ? ttl : undefined
  const { mutate } = start
  // An effect may run twice for one try at a TTL; the run is started once.
  const asked = useRef<string>(undefined)
  const attempt = due === undefined ? undefined : `${due}, ${sweep.unusable ?? 0}`
  useEffect(() => {
    if (due === undefined || lab === undefined) asked.current = undefined
    else if (asked.current !== attempt) {
      asked.current = attempt
      mutate({ ttl: due, settings: sweep.settings, lab })
    }
  }, [due, attempt, lab, mutate, sweep.settings])

  const { state, fault } = run
  const told = useRef(measured)
  told.current = measured
  useEffect(() => {
    if (!state || state.id !== sweep.run || !isOver(state)) return
    if (state.status === 'done') {
      if (state.report.usable.ok) told.current(state.report, withReport(latest.current, state.report))
      change((before) => withReport(before, state.report))
    } else change((before) => stopSweep(before, state.reason ? `A run ended early: ${state.reason}.` : 'A run failed.'))
  }, [state, sweep.run, change])
  useEffect(() => {
    if (fault?.code === 'run-not-found') change((before) => stopSweep(before, FORGOTTEN))
  }, [fault, change])

  const problem = start.error ?? cancel.error
  return {
    sweep,
    known,
    run,
    fault: problem ? faultIn(problem) : fault?.code === 'run-not-found' ? undefined : fault,
    begin(settings, ttls) {
      start.reset()
      change(() => beginSweep(settings, ttls))
    },
    resume() {
      start.reset()
      change(resumeSweep)
    },
    stop() {
      if (sweep.run !== undefined) cancel.mutate(sweep.run)
      change((before) => stopSweep(before, 'You stopped it.'))
    },
  }
}
