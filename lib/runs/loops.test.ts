import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { VirtualClient } from './client'
import { clock, closedLoop, openLoop } from './loops'

/** The order in which things happen, with clients that answer after so many turns of the event loop. */

const never = new AbortController().signal
const client = (turns: number, answered = () => {}): VirtualClient => ({
  async ask() {
    for (let i = 0; i < turns; i += 1) await setImmediate()
    answered()
    return { outcome: 'hit', bytes: 0 }
  },
  look() {},
  refreshed: async () => {},
  destroy: async () => {},
})
/** What these clients give comes from no network. */
const send = async (to: VirtualClient) => {
  await to.ask('/', {})
  return false
}

describe('closedLoop', () => {
  it('does not let clients that answer themselves hold up one that waits for the network', async () => {
    let fromCache = 0
    let meanwhile: number | undefined
    const cached = Array.from({ length: 9 }, () => client(0, () => (fromCache += 1)))
    const networked = client(5, () => (meanwhile ??= fromCache))
    await closedLoop({ clients: [...cached, networked], requests: 20_000, stop: never, send })
    // One answer a client and turn, with a turn to spare; clients that went on and on would have given thousands.
    expect(meanwhile).toBeGreaterThan(0)
    expect(meanwhile).toBeLessThanOrEqual(9 * 7)
  })
})

describe('openLoop', () => {
  it('gives each client its share', async () => {
    const sent = new Map<VirtualClient, number>()
    const clients = Array.from({ length: 4 }, () => client(1))
    let due = 0
    await openLoop(
      {
        clients,
        requests: 40,
        stop: never,
        send(to) {
          sent.set(to, (sent.get(to) ?? 0) + 1)
          return send(to)
        },
      },
      () => {
        // A pause that is longer than an answer takes: the first client alone could serve all.
        due += 2
        return due
      },
      () => {},
    )
    expect(clients.map((each) => sent.get(each))).toEqual([10, 10, 10, 10])
  })

  it('lets 10,000 wait, and counts those beyond as overflow', async () => {
    let overflown = 0
    let open = () => {}
    const gate = new Promise<void>((opened) => (open = opened))
    let sent = 0
    await openLoop(
      {
        clients: [client(0)],
        requests: 10_006,
        stop: never,
        send: async () => {
          sent += 1
          await gate
          return false
        },
      },
      () => 0,
      () => {
        overflown += 1
        if (overflown === 5) open()
      },
    )
    expect({ sent, overflown }).toEqual({ sent: 10_001, overflown: 5 })
  })

  it('tells each request when it was due, however late it is sent', async () => {
    const dues: number[] = []
    let next = 0
    await openLoop(
      {
        clients: [client(20)],
        requests: 5,
        stop: never,
        send(to, due) {
          dues.push(due)
          return send(to)
        },
      },
      // Ten times as many as one client can answer.
      () => next++ * 0.01,
      () => {},
    )
    const offsets = dues.map((due) => Number((due - (dues[0] ?? 0)).toFixed(3)))
    expect(offsets).toEqual([0, 0.01, 0.02, 0.03, 0.04])
  })

  it.each([
    ['its duration', { durationMs: 60 }, 60],
    ['until the next request would be due', { requests: 3 }, 75],
  ])('lasts %s, even if all requests are answered at once', async (_what, length, atLeastMs) => {
    const from = clock()
    let due = -25
    const next = () => (due += 25)
    await openLoop({ clients: [client(0)], ...length, stop: never, send }, next, () => {})
    expect(clock() - from).toBeGreaterThanOrEqual(atLeastMs)
  })

  it('ends at once when stopped, whatever waits', async () => {
    const stop = new AbortController()
    let sent = 0
    await openLoop(
      {
        clients: [client(0)],
        requests: 1_000,
        stop: stop.signal,
        send: async () => {
          sent += 1
          for (let i = 0; i < 20; i += 1) await setImmediate()
          stop.abort()
          return false
        },
      },
      () => 0,
      () => {},
    )
    expect(sent).toBe(1)
  })
})
