import type { LabEvent } from './events'

/** Rows a lab's log holds; older ones fall out. */
export const LOG_ROWS = 2_000

/** Rows from `after` (a seq) on, oldest first, and how many between were left out. */
export interface LogSlice {
  rows: LabEvent[]
  omitted: number
  /** The seq to ask from next time. */
  last: number
}

/** A bounded ring of a lab's events. Appending is all that a request does; viewers read from it at their own pace. */
export interface Log {
  append(event: Omit<LabEvent, 'seq'>): LabEvent
  /** So many rows were left out before they came here. */
  skip(rows: number): void
  /** The newest `limit` rows after seq `after`. */
  since(after: number, limit: number): LogSlice
  /** The seq of the newest row, 0 when empty. */
  last(): number
}

/** Open a log that holds `capacity` rows. */
export function openLog(capacity = LOG_ROWS): Log {
  const ring: LabEvent[] = []
  let last = 0
  return {
    append(event) {
      last += 1
      const row = { ...event, seq: last }
      ring[(last - 1) % capacity] = row
      return row
    },
    skip(rows) {
      last += rows
    },
    since(after, limit) {
      const oldest = Math.max(last - Math.min(capacity, limit), 0)
      const from = Math.max(after, oldest)
      const rows: LabEvent[] = []
      for (let seq = from + 1; seq <= last; seq += 1) {
        const row = ring[(seq - 1) % capacity]
        // In the place of one that was skipped lies an older one, or nothing.
        if (row?.seq === seq) rows.push(row)
      }
      return { rows, omitted: Math.max(last - after - rows.length, 0), last }
    },
    last: () => last,
  }
}
