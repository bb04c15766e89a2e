import { once } from 'node:events'
import { get, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig } from './conformance/rig'

const ENTRY_BYTES = 100_000

let rig: Rig
beforeAll(async () => {
  rig = await openRig({ entryBytes: ENTRY_BYTES })
})
afterAll(() => rig.close())

const isStored = (path: string) => rig.edge.entries(1, (key) => key === path).total === 1
const FRESH = { 'cache-control': 'max-age=60' }

/** Ask, and wait for the head of the answer. */
async function head(path: string): Promise<IncomingMessage> {
  const asking = get(rig.address + path)
  const [incoming] = (await once(asking, 'response')) as [IncomingMessage]
  return incoming
}

/** An origin that sends its head and the first piece, and then does what it is told. */
function piecewise(headers: Record<string, string> = FRESH) {
  let write: (response: ServerResponse) => void = () => {}
  const outgoing = new Promise<ServerResponse>((resolve) => {
    write = resolve
  })
  const path = rig.serve((_incoming, response) => {
    response.writeHead(200, headers).write('first ')
    write(response)
  })
  return { path, outgoing }
}

describe('heads', () => {
  it('are passed on when they come, before any of the body', async () => {
    let finish = () => {}
    const path = rig.serve((_incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders()
      finish = () => response.end('data: x')
    })
    const incoming = await head(path)
    finish()
    expect((await incoming.toArray()).join('')).toBe('data: x')
  })

  it('reach those who joined, too', async () => {
    let calls = 0
    let finish = () => {}
    const path = rig.serve((_incoming, response) => {
      calls += 1
      response.writeHead(200, FRESH).flushHeaders()
      finish = () => response.end('x')
    })
    const both = [await head(path), await head(path)]
    finish()
    expect(await Promise.all(both.map(async (each) => (await each.toArray()).join('')))).toEqual(['x', 'x'])
    expect(calls).toBe(1)
  })
})

describe('bodies', () => {
  it('are passed on as they come', async () => {
    const { path, outgoing } = piecewise()
    const incoming = await head(path)
    expect(String((await once(incoming, 'data'))[0])).toBe('first ')
    ;(await outgoing).end('last')
    expect(String((await once(incoming, 'data'))[0])).toBe('last')
    expect(await rig.ask(path)).toMatchObject({ outcome: 'hit', text: 'first last' })
  })

  it('that come without a length are stored with one', async () => {
    const { path, outgoing } = piecewise()
    const asking = rig.ask(path)
    ;(await outgoing).end('last')
    expect((await asking).header('transfer-encoding')).toBe('chunked')
    expect((await rig.ask(path)).header('content-length')).toBe('10')
  })

  it('can be joined in the middle, from their start', async () => {
    const { path, outgoing } = piecewise()
    const first = await head(path)
    await once(first, 'data')
    const second = await head(path)
    expect(second.headers['cache-status']).toContain('; collapsed')
    expect(String((await once(second, 'data'))[0])).toBe('first ')
    first.resume()
    ;(await outgoing).end('last')
    expect((await second.toArray()).join('')).toBe('last')
  })

  it.each([
    ['whose length is known', (body: string) => ({ ...FRESH, 'content-length': String(body.length) })],
    ['whose length is not', () => FRESH],
  ])('longer than entries may be, %s, are passed on and not stored', async (_what, headers) => {
    const body = 'x'.repeat(ENTRY_BYTES + 1)
    const path = rig.serve((_incoming, response) => response.writeHead(200, headers(body)).end(body))
    expect((await rig.ask(path)).text).toBe(body)
    expect(isStored(path)).toBe(false)
  })

  it('of just that length are stored', async () => {
    const path = rig.path({ headers: FRESH, body: 'x'.repeat(ENTRY_BYTES) })
    await rig.ask(path)
    expect(isStored(path)).toBe(true)
  })

  it.each([
    ['with a length', { ...FRESH, 'content-length': '100' }],
    ['in chunks', FRESH],
  ])('whose origin dies in the middle, %s, are cut and not stored', async (_what, headers) => {
    const { path, outgoing } = piecewise(headers)
    const incoming = await head(path)
    await once(incoming, 'data')
    incoming.resume()
    ;(await outgoing).destroy()
    await expect(once(incoming, 'end')).rejects.toThrow('aborted')
    expect(incoming.complete).toBe(false)
    expect(isStored(path)).toBe(false)
  })

  it('that one client leaves go on for the store', async () => {
    const { path, outgoing } = piecewise()
    const incoming = await head(path)
    await once(incoming, 'data')
    incoming.destroy()
    // The edge has seen it go when it has answered what came after.
    await rig.ask(rig.path({}))
    ;(await outgoing).end('last')
    await expect.poll(() => isStored(path)).toBe(true)
  })

  it('that are emptied out of the store in the middle are not stored', async () => {
    const { path, outgoing } = piecewise()
    const incoming = await head(path)
    await once(incoming, 'data')
    rig.edge.purge((key) => key === path)
    ;(await outgoing).end('last')
    expect((await incoming.toArray()).join('')).toBe('last')
    expect(isStored(path)).toBe(false)
  })

  it('that the only client leaves are broken off where they are not stored', async () => {
    const { path, outgoing } = piecewise({ 'cache-control': 'no-store' })
    const incoming = await head(path)
    await once(incoming, 'data')
    const gone = once(await outgoing, 'close')
    incoming.destroy()
    await gone
    expect((await outgoing).writableFinished).toBe(false)
  })

  it('hold the origin back where the client does not read', async () => {
    const PIECE = Buffer.alloc(64 * 1024)
    const MOST = 64 * 1024 * 1024
    let sent = 0
    let stuck = () => {}
    const held = new Promise<void>((resolve) => {
      stuck = resolve
    })
    const path = rig.serve((_incoming, response) => {
      response.writeHead(200, { 'cache-control': 'no-store' })
      const more = () => {
        while (sent < MOST) {
          sent += PIECE.byteLength
          if (response.write(PIECE)) continue
          const waiting = setTimeout(stuck, 300)
          response.once('drain', () => {
            clearTimeout(waiting)
            more()
          })
          return
        }
        response.end()
        stuck()
      }
      more()
    })
    const socket = connect(rig.port, '127.0.0.1')
    socket.pause()
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
    await held
    expect(sent).toBeLessThan(MOST)
    let got = 0
    socket.on('data', (piece) => {
      got += piece.byteLength
    })
    socket.resume()
    await once(socket, 'close')
    expect(got).toBeGreaterThan(MOST)
  })
})
