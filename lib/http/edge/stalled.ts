import type { ServerResponse } from 'node:http'

/**
 * Cuts the connection of a client that takes nothing for `ms` of what waits to be sent to it. Call it after a write that
 * returned false, and after the end. Node starts the time again with whatever the client takes, so a slow reader is safe.
 */
export function cutWhenStalled(response: ServerResponse, ms: number): void {
  const { socket } = response
  if (!socket || socket.writableLength === 0) return
  const cut = () => socket.destroy()
  socket.setTimeout(ms, cut)
  // After the end, the time is that of a connection that waits for its next request: it's Node's.
  if (response.writableEnded) response.once('finish', () => socket.off('timeout', cut))
  else {
    socket.once('drain', () => {
      socket.off('timeout', cut)
      // Node tells the response before this listener: its next write may wait already, with a time of its own.
      if (!response.writableNeedDrain) socket.setTimeout(0)
    })
  }
}
