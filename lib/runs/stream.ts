import { type EventSink, eventStream } from '../http/sse'
import type { Report, RunState, Snapshot } from './report'
import { isOver, type Run, reportOf } from './run'

const TICK_MS = 50
/** A reader that has taken nothing for this long is gone. */
const STUCK_MS = 60_000

/**
 * Stream a run: the snapshots so far, those that come, then one `report`, and the end. Ids count snapshots from 1, so
 * that `Last-Event-ID` goes on where it left off. A reader that is behind is caught up from what is kept.
 * @param shared what of the report this reader may see.
 */
export function runStream(
  request: Request,
  run: Run,
  track: (sink: EventSink) => void,
  shared = (report: Report) => report,
): Response {
  return eventStream(request.signal, (sink) => {
    track(sink)
    run.viewers += 1
    let sent = lastSeen(request)
    let stuck = 0
    const tick = () => {
      stuck = sink.ready() ? 0 : stuck + TICK_MS
      if (stuck >= STUCK_MS) return sink.close()
      sent = Math.max(sent, run.dropped)
      for (let next = run.snapshots[sent - run.dropped]; next; next = run.snapshots[sent - run.dropped]) {
        if (!sink.send('snapshot', next, String(sent + 1))) return
        sent += 1
      }
      if (isOver(run) && sink.send('report', shared(reportOf(run)))) sink.close()
    }
    const timer = setInterval(tick, TICK_MS)
    sink.closed.addEventListener('abort', () => {
      clearInterval(timer)
      run.viewers -= 1
    })
    tick()
  })
}

/**
 * Streams a finished run whose snapshots this process no longer holds: those stored with it, then its report. They all
 * fit into a reader's backlog.
 */
export const storedStream = (request: Request, { report }: RunState, series: readonly Snapshot[]): Response =>
  eventStream(request.signal, (sink) => {
    const seen = lastSeen(request)
    for (const [i, snapshot] of series.entries()) if (i >= seen) sink.send('snapshot', snapshot, String(i + 1))
    sink.send('report', report)
    sink.close()
  })

/** The id of the last event that a reader received before it reconnected; 0 for a new reader. */
const lastSeen = (request: Request): number =>
  Math.max(Number.parseInt(request.headers.get('last-event-id') ?? '0', 10) || 0, 0)
