import { eventsUrl } from './api'
import type { Connection, LabState, StreamMessage } from './state'
import { openStream, type StreamSink } from './stream'
import { joinTabs, openChannel } from './tabs'

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
 * Follow a lab's stream together with the other tabs: the one that leads reads it and passes it on, so that a browser has
 * one stream open, of the six connections that HTTP/1.1 allows it. When that tab goes, another takes over. Gives the
 * function that leaves.
 */
export function shareStream(lab: string, sink: SharedSink): () => void {
  const url = eventsUrl(lab)
  const channel = openChannel(`hitrate:${lab}`)
  if (!channel) return openStream(url, sink)

  let left = false
  let leads = false
  /** Others are there to be told. Copying each message to nobody would cost the page as much as reading it. */
  let others = true
  const tell = (message: TabMessage) => {
    if (!left && others) channel.postMessage(message)
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
  const leave = joinTabs(`hitrate:stream:${lab}`, {
    lead() {
      leads = true
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
      return () => {
        leads = false
        others = true
        close()
        // Another leads now, and may be ahead.
        tell({ kind: 'ask' })
      }
    },
    others(there) {
      others = there
    },
  })

  // After it has joined the others, by which the leader knows that it is there.
  tell({ kind: 'ask' })

  return () => {
    left = true
    leave()
    channel.close()
  }
}
