import type { Snapshot } from '@/lib/runs/report'

/** Points that a chart gets at most: beyond, Recharts takes longer than a frame for an update (MEASURED.md). */
export const CHART_POINTS = 120

/** The snapshots of a run that are kept for its charts: one in `stride`, so that the whole run stays in view. */
export interface Points {
  kept: readonly Snapshot[]
  stride: number
  seen: number
}

export const noPoints: Points = { kept: [], stride: 1, seen: 0 }

/** What a chart draws: the points that are kept, and the newest one, so that the line moves with every snapshot. */
export const withNewest = (points: Points, newest: Snapshot | undefined): readonly Snapshot[] =>
  newest === undefined || points.kept.at(-1) === newest ? points.kept : [...points.kept, newest]

/** Add a snapshot. When there are too many, every second one goes, and from then on only one in twice as many is kept. */
export function addPoint(points: Points, snapshot: Snapshot, limit = CHART_POINTS): Points {
  const seen = points.seen + 1
  if (points.seen % points.stride !== 0) return { ...points, seen }
  const kept = [...points.kept, snapshot]
  if (kept.length < limit) return { kept, stride: points.stride, seen }
  return { kept: kept.filter((_, i) => i % 2 === 0), stride: points.stride * 2, seen }
}
