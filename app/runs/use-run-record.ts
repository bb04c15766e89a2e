'use client'

import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getRun } from '@/app/lab/api'
import { addPoint, noPoints } from '@/app/lab/points'
import { type Fault, faultIn } from '@/app/lab/problem'
import { isOver } from '@/app/lab/use-run'
import type { RunState, Snapshot } from '@/lib/runs/report'

/** A run by its address: of any lab, and long over as a rule. */
export interface RunRecord {
  id: string
  /** Undefined while it is being asked for, and where it could not be. */
  state?: RunState
  fault?: Fault
}

const UNDER_WAY_MS = 700
/** A server that does not answer may come back. */
const AWAY_MS = 3_000

/** Ask for runs by their ids, again and again until each is over. */
export function useRunRecords(ids: readonly string[]): RunRecord[] {
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['run', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => getRun(id, signal),
      refetchInterval: (query: { state: { data?: RunState | undefined; error: Error | null } }) => {
        const { data, error } = query.state
        if (error) return faultIn(error).code === 'run-not-found' ? false : AWAY_MS
        return isOver(data) ? false : UNDER_WAY_MS
      },
    })),
  })
  return answers.map(({ data, error }, i) => ({
    id: ids[i] ?? '',
    ...(data ? { state: data } : {}),
    ...(error && !data ? { fault: faultIn(error) } : {}),
  }))
}

/** Drawn at most this often: the snapshots of a run that is over come all at once. */
const DRAWN_MS = 200

/** The snapshots of a run, live or as far as the server still has them. Nothing is asked for without an id. */
export function useSnapshots(id: string | undefined): readonly Snapshot[] {
  const [kept, setKept] = useState<readonly Snapshot[]>(noPoints.kept)
  useEffect(() => {
    if (id === undefined) return
    let points = noPoints
    let timer: ReturnType<typeof setTimeout> | undefined
    const source = new EventSource(`/api/runs/${encodeURIComponent(id)}/events`)
    source.addEventListener('snapshot', ({ data }: MessageEvent<string>) => {
      points = addPoint(points, JSON.parse(data) as Snapshot)
      timer ??= setTimeout(() => {
        timer = undefined
        setKept(points.kept)
      }, DRAWN_MS)
    })
    // The report is the last of it: the stream ends, and would be opened again.
    source.addEventListener('report', () => source.close())
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [id])
  return kept
}
