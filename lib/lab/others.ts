import { noCounts, sumCounts } from './counters'
import type { LabCounters } from './events'

/** Processes whose counts are kept one by one; what those before them counted is kept as one sum. */
const PROCESSES = 16

/** What other processes have counted for one lab. */
export interface Others {
  /** Take the totals of a process, which stand in the place of what it told before. */
  keep(process: string, counters: LabCounters): void
  /** What all of them have counted, those that ended included. */
  counts(): LabCounters
}

/** Nobody has told anything yet. */
export function openOthers(): Others {
  const told = new Map<string, LabCounters>()
  let gone = noCounts()
  return {
    keep(process, counters) {
      // The one that has been silent for the longest comes first.
      told.delete(process)
      told.set(process, counters)
      const [oldest] = told
      if (told.size <= PROCESSES || !oldest) return
      told.delete(oldest[0])
      gone = sumCounts([gone, oldest[1]])
    },
    counts: () => sumCounts([gone, ...told.values()]),
  }
}
