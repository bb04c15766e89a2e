import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const last = (path: string) => {
  const got = rig.got(path).at(-1)
  if (!got) throw new Error(`the origin was not asked for ${path}`)
  return got
}

describe('RFC 9110, 7.6: message forwarding', () => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('passes %s on', async (method) => {
    const path = rig.path({ status: 203, headers: { 'x-a': '1' } })
    const answer = await rig.ask(path, { method })
    expect([answer.status, answer.header('x-a'), last(path).method]).toEqual([203, '1', method])
  })

  it('passes a body on, and its length', async () => {
    const path = rig.path(({ body }) => ({ body: body.toUpperCase() }))
    const answer = await rig.ask(path, {
      method: 'POST',
      body: 'héllo',
      headers: { 'content-length': '6', 'content-type': 'text/x' },
    })
    expect(answer.text).toBe('HÉLLO')
    expect(last(path).headers).toMatchObject({ 'content-length': '6', 'content-type': 'text/x' })
    expect(last(path).headers).not.toHaveProperty('transfer-encoding')
  })

  it('passes a body without a length on', async () => {
    const path = rig.path({})
    await rig.ask(path, { method: 'POST', body: 'abc', headers: { 'transfer-encoding': 'chunked' } })
    expect(last(path).body).toBe('abc')
  })

  it('an empty POST has a length of 0', async () => {
    const path = rig.path({})
    await rig.ask(path, { method: 'POST', headers: { 'content-length': '0' } })
    expect(last(path).headers['content-length']).toBe('0')
  })

  it('passes unknown fields on, each line of them, in order', async () => {
    const path = rig.path({})
    await rig.ask(path, { headers: { 'X-Foo': ['a', 'b'], 'x-bar': 'c' } })
    const { rawHeaders } = last(path)
    const at = rawHeaders.indexOf('X-Foo')
    expect(rawHeaders.slice(at, at + 6)).toEqual(['X-Foo', 'a', 'X-Foo', 'b', 'x-bar', 'c'])
  })

  it('7.2: Host is the origin’s authority', async () => {
    const path = rig.path({})
    await rig.ask(path, { headers: { host: `localhost:${rig.port}` } })
    expect(last(path).headers.host).toBe(new URL(rig.origin).host)
  })

  it('7.6.1: what Connection names goes no further, nor do the hop-by-hop fields', async () => {
    const path = rig.path({})
    await rig.ask(path, {
      headers: {
        connection: 'X-Hop, keep-alive',
        'x-hop': '1',
        'keep-alive': 'timeout=9',
        te: 'trailers',
        'proxy-connection': 'keep-alive',
        'proxy-authorization': 'Basic eDp5',
        upgrade: 'x',
        'x-end': '1',
      },
    })
    const { headers } = last(path)
    for (const gone of ['x-hop', 'te', 'proxy-connection', 'proxy-authorization', 'upgrade', 'keep-alive']) {
      expect(headers).not.toHaveProperty(gone)
    }
    expect(headers['x-end']).toBe('1')
  })

  it('7.6.3: Via is added both ways, after those before us', async () => {
    const path = rig.path({ headers: { via: '1.0 inner' } })
    const answer = await rig.ask(path, { headers: { via: '1.1 outer' } })
    expect(last(path).headers.via).toMatch(/^1\.1 outer, 1\.1 edge-[0-9a-f]{8}$/)
    expect(answer.header('via')).toBe('1.0 inner, 1.1 edge')
  })

  it('7.6.3: Via says in which version of HTTP the request came', async () => {
    const path = rig.path({})
    await rig.raw(`GET ${path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n`)
    expect(last(path).headers.via).toMatch(/^1\.0 edge-/)
  })

  it('7.6.2: Max-Forwards of OPTIONS counts down, and at 0 the answer is ours', async () => {
    const path = rig.path({})
    await rig.ask(path, { method: 'OPTIONS', headers: { 'max-forwards': '3' } })
    expect(last(path).headers['max-forwards']).toBe('2')
    const answer = await rig.ask(path, { method: 'OPTIONS', headers: { 'max-forwards': '0' } })
    expect([answer.status, answer.header('allow')]).toEqual([204, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'])
    expect(rig.got(path)).toHaveLength(1)
  })

  it('7.6.2: Max-Forwards of other methods is passed on as it is', async () => {
    const path = rig.path({})
    await rig.ask(path, { headers: { 'max-forwards': '0' } })
    expect(last(path).headers['max-forwards']).toBe('0')
  })

  it('9.3.8: TRACE, which would show what pages may not see, is refused', async () => {
    const path = rig.path({})
    const answer = await rig.ask(path, { method: 'TRACE' })
    expect([answer.status, rig.got(path).length]).toEqual([405, 0])
    expect(answer.header('allow')).not.toContain('TRACE')
  })

  it('9.3.7: OPTIONS * is about us', async () => {
    expect(await rig.raw(`OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 204 No Content\r\nAllow: /,
    )
  })

  it('9.3.6: CONNECT is refused, and the connection closed', async () => {
    expect(await rig.raw('CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /)
  })

  it('7.8: a wish to upgrade is not granted', async () => {
    const path = rig.path({ body: 'plain' })
    const answer = await rig.raw(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(last(path).headers).not.toHaveProperty('upgrade')
  })

  it('10.1.1: a client that expects 100 gets it, and the origin its body', async () => {
    const path = rig.path(({ body }) => ({ body }))
    const asking = request(rig.address + path, {
      method: 'PUT',
      headers: { expect: '100-continue', 'content-length': '3' },
    })
    asking.flushHeaders()
    await once(asking, 'continue')
    asking.end('abc')
    const [incoming] = (await once(asking, 'response')) as [Readable]
    expect((await incoming.toArray()).join('')).toBe('abc')
    expect(last(path).headers).not.toHaveProperty('expect')
  })

  it.each([204, 304])('%i comes without a body', async (status) => {
    const path = rig.path({ status, body: '' })
    const answer = await rig.ask(path)
    expect([answer.status, answer.text, answer.header('transfer-encoding')]).toEqual([status, '', ''])
  })

  it('the length of a HEAD is the origin’s', async () => {
    const path = rig.serve((_incoming, outgoing) => outgoing.writeHead(200, { 'content-length': '1234' }).end())
    expect((await rig.ask(path, { method: 'HEAD' })).header('content-length')).toBe('1234')
  })
})

describe('RFC 9112: messages that can be read in two ways', () => {
  const framed = (...lines: string[]) => ['POST /none HTTP/1.1', 'Host: 127.0.0.1', ...lines, '', ''].join('\r\n')

  it.each([
    [
      '6.3: Transfer-Encoding beside Content-Length',
      `${framed('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    ],
    ['6.3: the same the other way round', `${framed('Transfer-Encoding: chunked', 'Content-Length: 4')}0\r\n\r\n`],
    ['6.3: two Content-Length that differ', `${framed('Content-Length: 1', 'Content-Length: 2')}ab`],
    ['6.3: a list of lengths', `${framed('Content-Length: 1, 2')}ab`],
    ['6.3: a length that is no number', framed('Content-Length: +1')],
    ['6.1: chunked that is not last', framed('Transfer-Encoding: chunked, x')],
    ['7.1: a chunk size that is none', `${framed('Transfer-Encoding: chunked')}x\r\n\r\n`],
    ['5.1: whitespace before a colon', framed('X-A : 1')],
    ['5.2: a folded line', framed('X-A: 1', ' 2')],
    ['3.2: no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['3.2: two Host', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'],
    ['2.2: a bare line feed in a field', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: 1\n2\r\n\r\n'],
  ])('%s: 400, and the connection is closed', async (_title, bytes) => {
    const answers = await rig.raw(bytes)
    expect(answers).toMatch(/^HTTP\/1\.1 400 /)
    expect(answers.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it.each([
    ['another host', 'http://example.com/'],
    ['another scheme', 'https://127.0.0.1/'],
    ['user information', 'http://127.0.0.1@example.com/'],
    ['a fragment', '/a#b'],
    ['a backslash', '/a\\b'],
    ['no slash', 'a'],
    ['a star', '*'],
  ])('3.2: a target with %s is refused', async (_what, target) => {
    const answer = await rig.raw(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    const kinds = rig.told.filter(({ method, url }) => method === 'GET' && url === target).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind !== 'error')).toEqual([])
  })

  it('3.2.2: a target in absolute form is read where it names us', async () => {
    const path = rig.path({ body: 'here' })
    const answer = await rig.raw(`GET ${rig.address}${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
    expect(answer).toContain('here')
    expect(last(path).url).toBe(path)
  })

  it('9.3.2: requests in a pipeline are answered in their order', async () => {
    const path = rig.path({ headers: { 'cache-control': 'max-age=10' }, body: 'slow' })
    await rig.ask(path)
    const other = rig.path({ body: 'first' })
    const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`
    const socket = connect(rig.port, '127.0.0.1', () => {
      socket.write(get(other) + get(path, 'Connection: close\r\n'))
    })
    const all = (await socket.toArray()).join('')
    expect(all.indexOf('first')).toBeGreaterThan(0)
    expect(all.indexOf('slow')).toBeGreaterThan(all.indexOf('first'))
  })
})
