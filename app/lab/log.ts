import type { LabEvent } from '@/lib/lab/events'

/** Rows a page keeps of the lab's log. The server keeps more; the counters stay exact whatever is left out. */
export const CLIENT_ROWS = 500

/** The log as this page knows it, oldest row first. */
export interface ClientLog {
  rows: readonly LabEvent[]
  /** The newest row's seq, 0 before the first. */
  last: number
  /** Rows that the server left out of its batches because there were too many. */
  omitted: number
  /** Rows that were here and made way for newer ones. */
  dropped: number
}

export const emptyLog: ClientLog = { rows: [], last: 0, omitted: 0, dropped: 0 }

/**
 * Add a batch. Rows that are here already (a stream that was reopened sends some again) are passed over; at most
 * `limit` rows are kept, and those that go are counted.
 */
export function appendRows(log: ClientLog, batch: readonly LabEvent[], limit = CLIENT_ROWS): ClientLog {
  const fresh = batch.filter((row) => row.seq > log.last)
  const first = fresh[0]
  const last = fresh.at(-1)
  if (!first || !last) return log
  const missing = log.last === 0 ? 0 : first.seq - log.last - 1
  const inside = last.seq - first.seq + 1 - fresh.length
  const rows = [...log.rows, ...fresh]
  const over = Math.max(rows.length - limit, 0)
  return {
    rows: rows.slice(over),
    last: last.seq,
    omitted: log.omitted + missing + inside,
    dropped: log.dropped + over,
  }
}
