import { once } from 'node:events'
import { request } from 'node:http'
import type { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openRig, type Rig } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

/** What a request comes to if the origin sends these bytes and closes. */
async function given(bytes: string): Promise<[status: number, code: string, detail: string]> {
  const path = rig.serve(({ socket }) => void socket.end(bytes))
  const answer = await rig.ask(path)
  const [, detail = ''] = /detail=([a-z]+)/.exec(answer.header('cache-status')) ?? []
  const isProblem = answer.header('content-type') === 'application/problem+json'
  return [answer.status, isProblem ? (JSON.parse(answer.text) as { code: string }).code : '', detail]
}

const UNREADABLE = [502, 'edge-origin-unreadable', 'unreadable']
const fields = (bytes: number) => `HTTP/1.1 200 OK\r\nX-A: ${'x'.repeat(bytes)}\r\nContent-Length: 2\r\n\r\nok`

describe('an answer that cannot be read', () => {
  it.each([0, 1, 99, 600, 999])('RFC 9110, 15: of status %i does not reach the client', async (status) => {
    const text = String(status).padStart(3, '0')
    expect(await given(`HTTP/1.1 ${text} X\r\nContent-Length: 2\r\n\r\nok`)).toEqual(UNREADABLE)
  })

  it.each([
    ['that names a protocol', 'Connection: upgrade\r\nUpgrade: x\r\n'],
    ['that names none', ''],
  ])('RFC 9110, 15.2.2: a 101 that nobody asked for, %s', async (_what, lines) => {
    expect(await given(`HTTP/1.1 101 X\r\n${lines}\r\n`)).toEqual(UNREADABLE)
  })

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['whitespace before a colon', 'HTTP/1.1 200 OK\r\nX-A : 1\r\n\r\n'],
  ])('%s', async (_what, bytes) => {
    expect(await given(bytes)).toEqual(UNREADABLE)
  })

  it.each(['gzip, chunked', 'chunked, chunked', 'x'])(
    'RFC 9112, 6.1: a transfer coding that we did not say we take: %s',
    async (coding) => {
      expect(await given(`HTTP/1.1 200 OK\r\nTransfer-Encoding: ${coding}\r\n\r\n2\r\nok\r\n0\r\n\r\n`)).toEqual(
        UNREADABLE,
      )
    },
  )

  it('up to 64 KiB of fields are passed on', async () => {
    expect(await given(fields(60_000))).toEqual([200, '', ''])
  })

  it('more than that are called too large', async () => {
    expect(await given(fields(70_000))).toEqual([502, 'edge-origin-oversized', 'oversized'])
  })
})

it.each([
  ['before a byte of its answer', ''],
  ['in the middle of its head', 'HTTP/1.1 200 OK\r\nX-A'],
])('an origin that closes %s is unavailable', async (_when, bytes) => {
  expect(await given(bytes)).toEqual([502, 'edge-origin-unavailable', 'unavailable'])
})

describe('the time to the head of an answer', () => {
  afterEach(() => void vi.useRealTimers())

  it('starts when the client has sent its body, however long that takes', async () => {
    let received = 0
    const path = rig.serve((incoming, outgoing) => {
      incoming.on('data', (piece: Buffer) => (received += piece.byteLength))
      incoming.on('end', () => outgoing.end('done'))
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asking = request(rig.address + path, { method: 'PUT' })
    for (let nth = 1; nth <= 4; nth += 1) {
      asking.write('x')
      while (received < nth) await new Promise(setImmediate)
      vi.advanceTimersByTime(30_000)
    }
    asking.end()
    const [incoming] = (await once(asking, 'response')) as [Readable]
    expect((await incoming.toArray()).join('')).toBe('done')
  })

  it('ends for a client that stops in the middle of its body', async () => {
    let received = 0
    const path = rig.serve((incoming) => void incoming.on('data', (piece: Buffer) => (received += piece.byteLength)))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asking = request(rig.address + path, { method: 'PUT' })
    asking.write('x')
    while (received < 1) await new Promise(setImmediate)
    vi.advanceTimersByTime(60_000)
    const [incoming] = (await once(asking, 'response')) as [{ statusCode: number }]
    expect(incoming.statusCode).toBe(504)
  })
})
