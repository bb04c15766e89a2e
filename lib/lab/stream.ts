import { type EventSink, eventStream } from '../http/sse'
import type { LabInfo } from './events'
import type { Lab } from './lab'

/** Rows are sent in batches this often: soon enough to feel live, seldom enough to cost the requests nothing. */
const TICK_MS = 50
/** Rows in one batch; of more than these the newest are sent, and how many were left out. */
const BATCH_ROWS = 200
/** Rows from before that a new viewer is shown. */
const HISTORY_ROWS = 100
/** A reader that has taken nothing for this long is gone. */
const STUCK_MS = 60_000
const KEEP_ALIVE_MS = 15_000
/** Messages that wait for a reader who is behind. Snapshots are not among them: the next one says more. */
const WAITING = 20

/** What pages first ask: whose lab this is, and what it has counted. */
export const labInfo = (lab: Lab, worker: string): LabInfo => ({
  lab: lab.id,
  epoch: lab.epoch,
  worker,
  counters: lab.totals(),
  attempts: lab.attempts.list(),
})

/**
 * Stream a lab: `hello`, then batches of rows with ids `epoch:seq`, and what its runs have to say. With
 * `Last-Event-ID` of this epoch it goes on where that left off; rows that have fallen out of the log are counted as
 * `omitted`. `current` gives the lab of that name as it is now, `track` is told of the stream. A reader that does not read costs its backlog and no more, and is closed after a minute.
 */
export function labStream(
  request: Request,
  { lab, worker, current, track }: { lab: Lab; worker: string; current: () => Lab; track: (sink: EventSink) => void },
): Response {
  return eventStream(request.signal, (sink) => {
    track(sink)
    let cursor = resumeAt(request.headers.get('last-event-id'), lab)
    const waiting: { event: string; data: unknown }[] = []
    let { lost } = lab.counters
    let quiet = 0
    let stuck = 0

    sink.send('hello', labInfo(lab, worker))
    const leave = lab.join((event, data) => {
      if (sink.send(event, data) || event === 'snapshot') return
      if (waiting.push({ event, data }) > WAITING) waiting.shift()
    })
    const tick = () => {
      // Asking keeps the lab from idling out while it is watched. Where it made way all the same, the viewer comes anew.
      if (current() !== lab) return sink.close()
      if (!sink.ready()) {
        stuck += TICK_MS
        if (stuck >= STUCK_MS) sink.close()
        return
      }
      stuck = 0
      for (let next = waiting.shift(); next; next = waiting.shift()) sink.send(next.event, next.data)
      const { rows, omitted, last } = lab.log.since(cursor, BATCH_ROWS)
      quiet = rows.length === 0 ? quiet + TICK_MS : 0
      // What was lost makes no row.
      if (rows.length > 0 || lab.counters.lost !== lost) {
        cursor = last
        lost = lab.counters.lost
        sink.send('events', { rows, omitted, counters: lab.totals() }, `${lab.epoch}:${last}`)
      } else if (quiet >= KEEP_ALIVE_MS) {
        quiet = 0
        sink.send('ping', {})
      }
    }
    tick()
    const timer = setInterval(tick, TICK_MS)
    sink.closed.addEventListener('abort', () => {
      clearInterval(timer)
      leave()
    })
  })
}

function resumeAt(lastEventId: string | null, lab: Lab): number {
  const last = lab.log.last()
  const [epoch, seq] = lastEventId?.split(':') ?? []
  const at = Number(seq)
  const known = epoch === lab.epoch && Number.isInteger(at) && at >= 0 && at <= last
  return known ? at : Math.max(last - HISTORY_ROWS, 0)
}
