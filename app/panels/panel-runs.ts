'use client'

import { useCallback } from 'react'
import type { Report } from '@/lib/runs/report'
import { useKept } from './use-kept'

/** Reports that a panel remembers, to compare with. */
const REMEMBERED = 6

interface PanelRuns {
  /** The run that the panel shows. */
  id?: string
  /** Reports of runs that ended, the oldest first. */
  reports: readonly Report[]
}

const nothing: PanelRuns = { reports: [] }

/**
 * The runs of one panel. Kept for as long as the tab lives, so that a reload finds the run again that it was watching.
 * `known` is false until that has been looked up.
 */
export function usePanelRuns(panel: string) {
  // Another name whenever reports change their shape: those that a tab kept from before could not be drawn.
  const { value: runs, known, change } = useKept(`hitrate:runs-4:${panel}`, nothing)
  const watch = useCallback((id: string | undefined) => change((before) => ({ ...before, id })), [change])
  const remember = useCallback(
    (report: Report) =>
      change((before) => ({
        ...before,
        reports: [...before.reports.filter(({ run }) => run !== report.run), report].slice(-REMEMBERED),
      })),
    [change],
  )
  return { ...runs, known, watch, remember }
}
