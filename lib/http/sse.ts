/** Server-sent events over web streams (the WHATWG HTML standard, 9.2), bounded for readers that do not read. */

/** Bytes that may wait for a reader before it is passed over. */
const BACKLOG_BYTES = 256 * 1024

export interface EventSink {
  /** Send one event. False when it was not taken because the reader is behind: keep it, or count it as left out. */
  send(event: string, data: unknown, id?: string): boolean
  /** Bytes may be sent now. */
  ready(): boolean
  close(): void
  closed: AbortSignal
}

/**
 * Open an event stream. `start` gets the sink and runs at once; it should stop what it does when `closed` aborts:
 * when the reader goes away, when `signal` (the request's) aborts, or after `close()`.
 */
export function eventStream(signal: AbortSignal, start: (sink: EventSink) => void): Response {
  const ended = new AbortController()
  const encoder = new TextEncoder()

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const finish = () => {
          if (ended.signal.aborted) return
          ended.abort()
          try {
            controller.close()
          } catch {
            // The reader cancelled first; there is nothing left to close.
          }
        }
        if (signal.aborted) return finish()
        signal.addEventListener('abort', finish, { once: true, signal: ended.signal })

        const ready = () => !ended.signal.aborted && (controller.desiredSize ?? 0) > 0
        start({
          ready,
          send(event, data, id) {
            if (!ready()) return false
            const head = id === undefined ? '' : `id: ${id}\n`
            controller.enqueue(encoder.encode(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
            return true
          },
          close: finish,
          closed: ended.signal,
        })
      },
      cancel: () => ended.abort(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BACKLOG_BYTES }),
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
