import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

interface Heard {
  /** Status and fields of each interim answer, in order. */
  interim: { status: number; headers: NodeJS.Dict<string | string[]> }[]
  status: number
  headers: NodeJS.Dict<string | string[]>
  text: string
}

/** Ask, and hear interim answers too. */
function hear(path: string, headers: Record<string, string> = {}): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const interim: Heard['interim'] = []
    const asking = request(rig.address + path, { headers }, (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (more: string) => (text += more))
      incoming.on('end', () => resolve({ interim, status: incoming.statusCode ?? 0, headers: incoming.headers, text }))
    })
    asking.on('information', ({ statusCode, headers: fields }) => interim.push({ status: statusCode, headers: fields }))
    asking.on('error', reject)
    asking.end()
  })
}

const HINTS = { link: '</x>; rel=preload', 'x-hint': '1' }
const FRESH = { 'cache-control': 'max-age=10' }

describe('RFC 9110, 15.2: a proxy passes interim answers on', () => {
  it('103 with its fields, then the answer', async () => {
    const path = rig.serve((_incoming, outgoing) => {
      outgoing.writeEarlyHints(HINTS)
      outgoing.writeHead(200, FRESH).end('final')
    })
    const { interim, status, text } = await hear(path)
    expect(interim).toEqual([{ status: 103, headers: { ...HINTS, via: '1.1 edge' } }])
    expect([status, text]).toEqual([200, 'final'])
  })

  it.each([102, 104, 199])('%i, known or not, and more than one', async (status) => {
    const path = rig.serve((incoming) => {
      const one = `HTTP/1.1 ${status} Some\r\nX-A: 1\r\n\r\n`
      incoming.socket.end(`${one}${one}HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nfinal`)
    })
    const { interim, text } = await hear(path)
    expect(interim.map((each) => [each.status, each.headers['x-a']])).toEqual([
      [status, '1'],
      [status, '1'],
    ])
    expect(text).toBe('final')
  })

  it('an unasked 100, and any number of them, does no harm, and goes no further: ours has been sent', async () => {
    const path = rig.serve((_incoming, outgoing) => {
      outgoing.writeContinue()
      outgoing.writeContinue()
      outgoing.writeHead(200, FRESH).end('final')
    })
    expect(await hear(path)).toMatchObject({ interim: [], status: 200, text: 'final' })
  })

  it('7.6.1: what Connection names goes no further, nor does a length that frames nothing', async () => {
    const path = rig.serve((incoming) => {
      incoming.socket.end(
        'HTTP/1.1 103 Early Hints\r\nConnection: x-hop\r\nX-Hop: 1\r\nX-End: 1\r\nContent-Length: 0\r\n\r\n' +
          'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nfinal',
      )
    })
    const { interim, text } = await hear(path)
    expect(interim.map(({ headers }) => headers)).toEqual([{ 'x-end': '1', via: '1.1 edge' }])
    expect(text).toBe('final')
  })

  it('RFC 9111, 3: they are not stored, nor are their fields', async () => {
    const path = rig.serve((_incoming, outgoing) => {
      outgoing.writeEarlyHints(HINTS)
      outgoing.writeHead(200, FRESH).end('final')
    })
    await hear(path)
    const second = await hear(path)
    expect(second.headers['cache-status']).toMatch(/^edge; hit/)
    expect([second.interim, second.headers['x-hint'], second.text]).toEqual([[], undefined, 'final'])
  })

  it('nor does one who waits for another’s answer get them', async () => {
    let nth = 0
    let finish = () => {}
    const path = rig.serve((_incoming, outgoing) => {
      nth += 1
      finish = () => {
        outgoing.writeEarlyHints(HINTS)
        outgoing.writeHead(200, FRESH).end('final')
      }
    })
    const first = hear(path)
    await expect.poll(() => nth).toBe(1)
    const second = hear(path)
    // An answer to one that comes after them: by then the edge has read both.
    await rig.ask(rig.path({}))
    finish()
    expect((await first).interim).toHaveLength(1)
    expect((await second).interim).toEqual([])
    expect(nth).toBe(1)
  })

  it('a client of HTTP/1.0 gets none', async () => {
    const path = rig.serve((_incoming, outgoing) => {
      outgoing.writeEarlyHints(HINTS)
      outgoing.writeHead(200, FRESH).end('final')
    })
    const all = await rig.raw(`GET ${path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n`)
    expect(all.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 200'])
  })

  it('9.3.2: they do not get into the answer to a request before theirs', async () => {
    let finish = () => {}
    let asked = 0
    const slow = rig.serve((_incoming, outgoing) => {
      finish = () => outgoing.writeHead(200, { 'content-length': 4 }).end('slow')
    })
    const path = rig.serve((_incoming, outgoing) => {
      asked += 1
      outgoing.writeEarlyHints(HINTS)
      outgoing.writeHead(200, FRESH).end('final')
    })
    const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`
    const socket = connect(rig.port, '127.0.0.1', () => {
      socket.write(get(slow) + get(path, 'Connection: close\r\n'))
    })
    await expect.poll(() => asked).toBe(1)
    await rig.ask(rig.path({}))
    finish()
    const all = (await socket.toArray()).join('')
    expect(all).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(all.indexOf('slow')).toBeLessThan(all.indexOf('final'))
    expect(all.slice(0, all.indexOf('slow'))).not.toContain('103')
  })
})
