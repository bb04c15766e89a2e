import { setImmediate, setTimeout } from 'node:timers/promises'
import type { VirtualClient } from './client'

/**
 * Timers count whole milliseconds and come up to one late, so the last stretch before a request is due is waited for
 * turn by turn: 99 of 100 are then sent within 0.1 ms, for half a core at 500 requests/s. With 2 ms it took a whole one.
 */
const SPIN_MS = 1.1
/** Requests of an open loop that may wait for a connection. One more was due and could not be sent: an error. */
const BACKLOG = 10_000

export const clock = (): number => performance.now()

export interface Loop {
  clients: readonly VirtualClient[]
  /** Requests to send; endless where absent. */
  requests?: number
  /** Milliseconds in which requests are sent; endless where absent. */
  durationMs?: number
  stop: AbortSignal
  /** Told of each request of an open loop: how many milliseconds late the loop itself came to it. */
  paced?(lateMs: number): void
  /**
   * Send one request. `due` is when it should have been sent, in milliseconds of {@link clock}. Must not reject. Gives
   * whether the answer came from the network: one that did not has let nothing else happen meanwhile.
   */
  send(client: VirtualClient, due: number): Promise<boolean>
}

/**
 * Closed loop: each client asks again as soon as it was answered. Resolves when all is answered. After an answer
 * from a client's own cache the event loop turns once: it comes without a turn, and would hold up those from the network
 * (by 38 ms with ten clients that went on for 5 ms at a time) which are measured meanwhile.
 */
export async function closedLoop({
  clients,
  requests = Infinity,
  durationMs = Infinity,
  stop,
  send,
}: Loop): Promise<void> {
  const until = clock() + durationMs
  let sent = 0
  await Promise.all(
    clients.map(async (client) => {
      while (!stop.aborted && sent < requests && clock() < until) {
        sent += 1
        if (!(await send(client, clock()))) await setImmediate()
      }
    }),
  )
}

/**
 * Open loop: requests come when they are due, answered or not. One that finds all clients busy waits for the first that
 * is free; its latency counts from when it was due all the same, so that a stall shows in every request it held up
 * (what is otherwise lost is known as coordinated omission). It lasts as long as asked, even if the last request is
 * answered before: `durationMs`, or for a number of requests until the next one would be due. So its rate is the one asked.
 * @param next when the next request is due, in milliseconds from the start.
 * @param overflow is told of a request that could not even wait.
 */
export async function openLoop(
  { clients, requests = Infinity, durationMs = Infinity, stop, send, paced }: Loop,
  next: () => number,
  overflow: () => void,
): Promise<void> {
  const start = clock()
  const idle = [...clients]
  const backlog: number[] = []
  const busy = new Set<Promise<void>>()

  /** Send, and then whatever waits. */
  async function work(client: VirtualClient, first: number): Promise<void> {
    for (let due: number | undefined = first; due !== undefined && !stop.aborted; due = backlog.shift()) {
      if (!(await send(client, due))) await setImmediate()
    }
    idle.push(client)
  }

  let offset = next()
  for (let sent = 0; sent < requests && offset < durationMs; sent += 1, offset = next()) {
    await setImmediate()
    await waitUntil(start + offset, stop)
    if (stop.aborted) break
    paced?.(clock() - start - offset)
    // The one that has been idle for longest: each virtual client gets its share, and fills its cache.
    const client = idle.shift()
    if (client) {
      const working: Promise<void> = work(client, start + offset).finally(() => busy.delete(working))
      busy.add(working)
    } else if (backlog.length < BACKLOG) backlog.push(start + offset)
    else overflow()
  }
  const lasts = Math.min(offset, durationMs)
  if (lasts < Infinity) await waitUntil(start + lasts, stop)
  while (busy.size > 0) await Promise.all(busy)
}

async function waitUntil(due: number, stop: AbortSignal): Promise<void> {
  for (let left = due - clock(); left > 0 && !stop.aborted; left = due - clock()) {
    if (left > SPIN_MS) await setTimeout(left - SPIN_MS, undefined, { signal: stop }).catch(() => {})
    else await setImmediate()
  }
}
