import type { Snapshot } from './report'

/** Snapshots that stay with a finished run. */
export const SERIES = 200

/** How a run went over time, in at most {@link SERIES} snapshots plus the last. */
export interface Series {
  add(snapshot: Snapshot): void
  /** Returns the snapshots in order: evenly spaced, then the last one. */
  points(): Snapshot[]
}

/**
 * Opens an empty series. It keeps every snapshot, then every second, fourth, eighth, and so on, because nobody knows how
 * many will come. The longest run makes 1,200 of them, so two neighbors are never further apart than their window of one
 * second: a peak between them still shows.
 */
export function openSeries(): Series {
  let kept: Snapshot[] = []
  let last: Snapshot | undefined
  let added = 0
  let stride = 1
  return {
    add(snapshot) {
      last = snapshot
      if (added % stride === 0) kept.push(snapshot)
      added += 1
      if (kept.length <= SERIES) return
      kept = kept.filter((_, i) => i % 2 === 0)
      stride *= 2
    },
    points: () => (last === undefined || kept.at(-1) === last ? [...kept] : [...kept, last]),
  }
}
