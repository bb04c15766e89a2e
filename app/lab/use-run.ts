'use client'

import { useMemo } from 'react'
import type { RunState, Snapshot } from '@/lib/runs/report'
import { getRun } from './api'
import { useLabState } from './lab-provider'
import { noPoints, withNewest } from './points'
import { type Fault, faultIn } from './problem'
import { useServerQuery } from './use-server-query'

export const isOver = (state: RunState | undefined): boolean =>
  state !== undefined && (state.status === 'done' || state.status === 'stopped' || state.status === 'failed')

/** How a run stands. */
export interface RunStanding {
  state?: RunState
  /** Why the run could not be asked after. */
  fault?: Fault
  /** Told by the lab's stream, and not by asking again and again. */
  streamed: boolean
}

/** What the stream tells of a run while it goes on. */
interface Snapshots {
  latest?: Snapshot
  /** Snapshots for the charts, oldest first. */
  points: readonly Snapshot[]
}

export type WatchedRun = RunStanding & Snapshots

/** Watch a run, all of it. */
export const useRun = (id: string | undefined): WatchedRun => ({ ...useRunStanding(id), ...useSnapshots(id) })

/**
 * Watch how a run stands: by the lab's stream, and by asking where that is broken. An `id` that is undefined is no run.
 * What changes ten times a second is left to `useSnapshots`, so that who holds a whole panel is not rendered as often.
 */
export function useRunStanding(id: string | undefined): RunStanding {
  const live = useLabState((state) => (id === undefined ? undefined : state.runs[id]?.state))
  const connection = useLabState((state) => state.connection)
  const streamed = connection === 'live'

  const asked = useServerQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => getRun(id ?? '', signal),
    enabled: id !== undefined && !isOver(live),
    refetchInterval: (query) => (isOver(query.state.data) ? false : streamed ? 3_000 : 700),
  })
  const state = isOver(live) ? live : isOver(asked.data) ? asked.data : (live ?? asked.data)
  const fault = asked.error ? faultIn(asked.error) : undefined
  // A server that was started anew forgets its runs, and its stream never tells the end of one that the page still holds.
  const lost = fault?.code === 'run-not-found' && !isOver(state)
  return {
    state,
    fault: lost || !state ? fault : undefined,
    streamed,
  }
}

/** Watch a run's snapshots. */
export function useSnapshots(id: string | undefined): Snapshots {
  const live = useLabState((state) => (id === undefined ? undefined : state.runs[id]))
  return useMemo(
    () => ({ latest: live?.latest, points: withNewest(live?.points ?? noPoints, live?.latest) }),
    [live?.latest, live?.points],
  )
}
