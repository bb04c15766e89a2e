'use client'

import { useQuery } from '@tanstack/react-query'
import type { RunState, Snapshot } from '@/lib/runs/report'
import { getRun } from './api'
import { useLabState } from './lab-provider'
import { noPoints } from './points'
import { type Fault, faultIn } from './problem'

export const isOver = (state: RunState | undefined): boolean =>
  state !== undefined && (state.status === 'done' || state.status === 'stopped' || state.status === 'failed')

export interface WatchedRun {
  state?: RunState
  latest?: Snapshot
  /** Snapshots for the charts, oldest first. */
  points: readonly Snapshot[]
  /** Why the run could not be asked after. */
  fault?: Fault
  /** Told by the lab's stream, and not by asking again and again. */
  streamed: boolean
}

/** Watch a run: by the lab's stream, and by asking where that is broken. An `id` that is undefined is no run. */
export function useRun(id: string | undefined): WatchedRun {
  const live = useLabState((state) => (id === undefined ? undefined : state.runs[id]))
  const connection = useLabState((state) => state.connection)
  const streamed = connection === 'live'

  const asked = useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => getRun(id ?? '', signal),
    enabled: id !== undefined && !isOver(live?.state),
    refetchInterval: (query) => (isOver(query.state.data) ? false : streamed ? 3_000 : 700),
  })
  const state = isOver(live?.state) ? live?.state : isOver(asked.data) ? asked.data : (live?.state ?? asked.data)
  const fault = asked.error ? faultIn(asked.error) : undefined
  // A server that was started anew forgets its runs, and its stream never tells the end of one that the page still holds.
  const lost = fault?.code === 'run-not-found' && !isOver(state)
  return {
    state,
    latest: live?.latest,
    points: live?.points.kept ?? noPoints.kept,
    fault: lost || !state ? fault : undefined,
    streamed,
  }
}
