import type { Connection, StreamMessage } from './state'

const EVENTS = [
  'hello',
  'events',
  'run',
  'snapshot',
  'report',
  'attempt',
] as const satisfies readonly StreamMessage['event'][]

/** A stream that has been away for this long is called offline; it goes on trying. */
const OFFLINE_AFTER_MS = 6_000
/** Where the server refuses the stream, EventSource gives up; we ask again after this, up to the longest wait. */
const RETRY_MS = 1_000
const LONGEST_RETRY_MS = 10_000

export interface StreamSink {
  message(message: StreamMessage): void
  connection(connection: Connection): void
}

/**
 * Read a lab's stream until closed. A break is healed by EventSource itself, which sends `Last-Event-ID`; an answer
 * that is no stream (a 503, say) by asking again, a little later each time. Gives the function that closes it.
 */
export function openStream(url: string, sink: StreamSink): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let offline: ReturnType<typeof setTimeout> | undefined
  let refusals = 0

  const broken = () => {
    sink.connection('reconnecting')
    offline ??= setTimeout(() => sink.connection('offline'), OFFLINE_AFTER_MS)
  }
  const healed = () => {
    clearTimeout(offline)
    offline = undefined
    refusals = 0
    sink.connection('live')
  }
  const open = () => {
    const opened = new EventSource(url)
    source = opened
    opened.onopen = healed
    opened.onerror = () => {
      broken()
      if (opened.readyState !== EventSource.CLOSED) return
      refusals += 1
      retry = setTimeout(open, Math.min(RETRY_MS * 2 ** (refusals - 1), LONGEST_RETRY_MS))
    }
    for (const event of EVENTS) {
      opened.addEventListener(event, ({ data }: MessageEvent<string>) => {
        sink.message({ event, data: JSON.parse(data) as unknown } as StreamMessage)
      })
    }
  }
  open()
  return () => {
    clearTimeout(retry)
    clearTimeout(offline)
    source?.close()
  }
}
