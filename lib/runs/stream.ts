import { type EventSink, eventStream } from '../http/sse'
import type { Report, RunState } from './report'
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
    let sent = Math.max(Number.parseInt(request.headers.get('last-event-id') ?? '0', 10) || 0, 0)
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

/** The stream of a run that is over and no longer in this process: its report alone. */
export const reportStream = (request: Request, { report }: RunState): Response =>
  eventStream(request.signal, (sink) => {
    sink.send('report', report)
    sink.close()
  })
