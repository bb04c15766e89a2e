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
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'edge-origin-unreadable' })
    }
    const next = await rig.ask(rig.path({ body: 'good' }))
    expect([next.status, next.text]).toEqual([200, 'good'])
    expect([sockets.size, rig.edge.entries(1, (key) => key === path).total]).toEqual([2, 0])
    await expect.poll(() => [...sockets].every(({ destroyed }) => destroyed)).toBe(true)
  })
})

describe('RFC 9112, 6.3: answers that have no body, whatever their length says', () => {
  it.each([204, 304])('%i with a length is passed on, and its connection is used again', async (status) => {
    const sockets = new Set<IncomingMessage['socket']>()
    const path = rig.serve(({ socket }, outgoing) => {
      sockets.add(socket)
      outgoing.writeHead(status, { 'cache-control': 'no-store', 'content-length': 5 }).end()
    })
    for (const nth of [1, 2]) {
      const answer = await rig.ask(path, { headers: { 'if-none-match': '"1"' } })
      expect([nth, answer.status, answer.text, sockets.size]).toEqual([nth, status, '', 1])
      // A 204 must not have one (RFC 9110, 8.6).
      expect(answer.header('content-length')).toBe(status === 204 ? '' : '5')
    }
  })

  it('a 304 with a length confirms a stored answer', async () => {
    const path = rig.serve((_incoming, outgoing, nth) => {
      const headers = { etag: '"1"', 'cache-control': 'no-cache' }
      if (nth === 1) outgoing.writeHead(200, headers).end('hello')
      else outgoing.writeHead(304, { ...headers, 'content-length': 5 }).end()
    })
    await rig.ask(path)
    expect(await rig.ask(path)).toMatchObject({ status: 200, text: 'hello', outcome: 'revalidated' })
  })
})
