'use client'

import { useCallback, useEffect, useState } from 'react'
import type { Report } from '@/lib/runs/report'

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
  const name = `hitrate:runs:${panel}`
  const [runs, setRuns] = useState<PanelRuns>(nothing)
  const [known, setKnown] = useState(false)
  useEffect(() => {
    setRuns(read(name))
    setKnown(true)
  }, [name])

  const change = useCallback(
    (next: (runs: PanelRuns) => PanelRuns) => {
      setRuns((before) => {
        const after = next(before)
        write(name, after)
        return after
      })
    },
    [name],
  )
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

function read(name: string): PanelRuns {
  try {
    const text = sessionStorage.getItem(name)
    return text ? (JSON.parse(text) as PanelRuns) : nothing
  } catch {
    // Storage is closed to this page, or holds something else: begin anew.
    return nothing
  }
}

function write(name: string, runs: PanelRuns) {
  try {
    sessionStorage.setItem(name, JSON.stringify(runs))
  } catch {
    // Then a reload begins anew.
  }
}
