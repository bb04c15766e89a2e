import { eventsUrl } from './api'
import type { Connection, LabState, StreamMessage } from './state'
import { openStream, type StreamSink } from './stream'

/** How often the leader looks whether other tabs wait for its place. */
const COUNT_MS = 1_000

/** What the tabs of one lab tell each other. */
type TabMessage =
  | { kind: 'message'; message: StreamMessage }
  | { kind: 'connection'; connection: Connection }
  /** A tab that has just come asks what the leader knows. */
  | { kind: 'ask' }
  | { kind: 'answer'; state: LabState }

export interface SharedSink extends StreamSink {
  /** What this tab knows, for one that has just come. */
  state(): LabState
  /** What the leader knew when this tab came. */
  adopt(state: LabState): void
}

/**
 * Follow a lab's stream together with the other tabs: the one that holds the lock reads it and passes it on, so that
 * a browser has one stream open, of the six connections that HTTP/1.1 allows it. When that tab goes, another takes
 * over. Without Web Locks every tab reads its own. Gives the function that leaves.
 */
export function shareStream(lab: string, sink: SharedSink): () => void {
  const url = eventsUrl(lab)
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') return openStream(url, sink)

  const lock = `hitrate:stream:${lab}`
  const leaving = new AbortController()
  const channel = new BroadcastChannel(`hitrate:${lab}`)
  let leads = false
  /** Others are there to be told. Copying each message to nobody would cost the page as much as reading it. */
  let others = true
  const tell = (message: TabMessage) => {
    if (!leaving.signal.aborted && others) channel.postMessage(message)
  }

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (leads) {
      if (data.kind !== 'ask') return
      others = true
      tell({ kind: 'answer', state: sink.state() })
    } else if (data.kind === 'message') sink.message(data.message)
    else if (data.kind === 'connection') sink.connection(data.connection)
    else if (data.kind === 'answer') sink.adopt(data.state)
  }
  const countOthers = async () => {
    const { pending = [] } = await navigator.locks.query()
    others = pending.some((request) => request.name === lock)
  }
  const lead = () =>
    new Promise<void>((resolve) => {
      leads = true
      const count = setInterval(() => void countOthers(), COUNT_MS)
      const close = openStream(url, {
        message(message) {
          sink.message(message)
          tell({ kind: 'message', message })
        },
        connection(connection) {
          sink.connection(connection)
          tell({ kind: 'connection', connection })
        },
      })
      const leave = () => {
        clearInterval(count)
        close()
        resolve()
      }
      if (leaving.signal.aborted) leave()
      else leaving.signal.addEventListener('abort', leave, { once: true })
    })
  navigator.locks.request(lock, { signal: leaving.signal }, lead).catch((error: unknown) => {
    if (!leaving.signal.aborted) console.error(error)
  })

  // After it has joined the queue for the lock, by which the leader knows that it is there.
  tell({ kind: 'ask' })

  return () => {
    leaving.abort()
    channel.close()
  }
}
