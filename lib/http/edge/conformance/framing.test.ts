import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

describe('RFC 9112, 6.3: an origin whose answer can be read in two ways', () => {
  const CODED = ['Transfer-Encoding: chunked', 'Content-Length: 3']
  /** Chunks end after `ab`; three bytes of content are `2\r\n`, and what follows would be an answer of its own. */
  const body = '2\r\nab\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 4\r\n\r\nevil'
  const sent = (lines: string[]) => ['HTTP/1.1 200 OK', 'Cache-Control: max-age=60', ...lines, '', body].join('\r\n')

  it.each([
    ['Transfer-Encoding before Content-Length', CODED],
    ['Content-Length before Transfer-Encoding', CODED.toReversed()],
  ])('%s: 502, nothing is stored, and its connection is not used again', async (_which, lines) => {
    const sockets = new Set<IncomingMessage['socket']>()
    let calls = 0
    const path = rig.serve((incoming) => {
      calls += 1
      sockets.add(incoming.socket)
      incoming.socket.write(sent(lines))
    })
    for (const nth of [1, 2]) {
      const answer = await rig.ask(path)
      expect([answer.status, calls]).toEqual([502, nth])
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'edge-origin-unavailable' })
    }
    const next = await rig.ask(rig.path({ body: 'good' }))
    expect([next.status, next.text]).toEqual([200, 'good'])
    expect([sockets.size, rig.edge.entries(1, (key) => key === path).total]).toEqual([2, 0])
    await expect.poll(() => [...sockets].every(({ destroyed }) => destroyed)).toBe(true)
  })
})
