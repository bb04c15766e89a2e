import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, openRig, type Rig, seconds } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const MODIFIED = 'Wed, 31 Dec 2025 00:00:00 GMT'
const LATER = 'Wed, 31 Dec 2025 00:00:01 GMT'
const EARLIER = 'Tue, 30 Dec 2025 00:00:00 GMT'

/** Ask, let 20 s pass, ask again: the origin answers first this, then that. */
async function revalidated(first: Answer, second: Answer, headers: Record<string, string> = {}) {
  const path = rig.path((_got, nth) => (nth === 1 ? first : second))
  await rig.ask(path)
  rig.clock.advance(seconds(20))
  const answer = await rig.ask(path, { headers })
  return { answer, path, got: rig.got(path)[1] }
}
const stored = (headers: Record<string, string>): Answer => ({ headers: { 'cache-control': 'max-age=10', ...headers } })

describe('RFC 9111, 4.3.1: sending a validation request', () => {
  it('the stored ETag goes in If-None-Match', async () => {
    const { got } = await revalidated(stored({ etag: '"a"' }), { status: 304 })
    expect(got?.headers['if-none-match']).toBe('"a"')
  })

  it('a weak ETag goes as it is', async () => {
    const { got } = await revalidated(stored({ etag: 'W/"a"' }), { status: 304 })
    expect(got?.headers['if-none-match']).toBe('W/"a"')
  })

  it('the stored Last-Modified goes in If-Modified-Since', async () => {
    const { got } = await revalidated(stored({ 'last-modified': MODIFIED }), { status: 304 })
    expect(got?.headers['if-modified-since']).toBe(MODIFIED)
  })

  it('both go where there are both', async () => {
    const { got } = await revalidated(stored({ etag: '"a"', 'last-modified': MODIFIED }), { status: 304 })
    expect(got?.headers).toMatchObject({ 'if-none-match': '"a"', 'if-modified-since': MODIFIED })
  })

  it('the client’s own conditions do not go beside ours', async () => {
    const { got } = await revalidated(
      stored({ etag: '"a"' }),
      { status: 304 },
      {
        'if-none-match': '"b"',
        'if-modified-since': MODIFIED,
        range: 'bytes=0-1',
      },
    )
    expect(got?.headers).toMatchObject({ 'if-none-match': '"a"' })
    expect(got?.headers).not.toHaveProperty('if-modified-since')
    expect(got?.headers).not.toHaveProperty('range')
  })

  it('without a validator the request goes without a condition', async () => {
    const { got, answer } = await revalidated(stored({}), stored({}))
    expect(got?.headers).not.toHaveProperty('if-none-match')
    expect(answer.text).toBe('answer 2')
  })
})

describe('RFC 9111, 4.3.3 and 4.3.4: handling the answer to it', () => {
  it('304 gives the stored body', async () => {
    const { answer } = await revalidated(stored({ etag: '"a"' }), { status: 304, headers: { etag: '"a"' } })
    expect(answer).toMatchObject({ status: 200, text: 'answer 1', outcome: 'revalidated' })
  })

  it('304 makes it fresh again, by the fields it brings', async () => {
    const { path } = await revalidated(stored({ etag: '"a"' }), {
      status: 304,
      headers: { etag: '"a"', 'cache-control': 'max-age=100' },
    })
    rig.clock.advance(seconds(99))
    expect(await rig.ask(path)).toMatchObject({ text: 'answer 1', outcome: 'hit' })
    rig.clock.advance(seconds(1))
    await rig.ask(path)
    expect(rig.got(path)).toHaveLength(3)
  })

  it('304 without Cache-Control makes it fresh again for as long as before', async () => {
    const { path } = await revalidated(stored({ etag: '"a"' }), { status: 304, headers: { etag: '"a"' } })
    rig.clock.advance(seconds(9))
    const answer = await rig.ask(path)
    expect([answer.outcome, answer.header('age')]).toEqual(['hit', '9'])
  })

  it('3.2: 304 replaces the stored fields that it brings, all lines of them, and leaves the others', async () => {
    const { answer, path } = await revalidated(
      {
        headers: {
          'cache-control': 'max-age=10',
          etag: '"a"',
          'x-a': ['1', '2'],
          'x-b': '1',
          'content-type': 'text/x',
        },
      },
      { status: 304, headers: { etag: '"a"', 'x-a': '3', 'x-c': '4' } },
    )
    for (const each of [answer, await rig.ask(path)]) {
      expect(['x-a', 'x-b', 'x-c', 'content-type'].map(each.header)).toEqual(['3', '1', '4', 'text/x'])
    }
  })

  it('3.2: 304 does not replace Content-Length, Content-Encoding, Content-Range', async () => {
    const { answer, path } = await revalidated(stored({ etag: '"a"', 'content-encoding': 'x' }), {
      status: 304,
      headers: { etag: '"a"', 'content-encoding': 'y', 'content-range': 'bytes 0-1/2', 'content-length': '3' },
    })
    for (const each of [answer, await rig.ask(path)]) {
      expect(['content-encoding', 'content-range', 'content-length'].map(each.header)).toEqual(['x', '', '8'])
    }
  })

  it('304 for another ETag says nothing of ours: the whole is asked for', async () => {
    const path = rig.path((_got, nth) =>
      nth === 1
        ? stored({ etag: '"a"' })
        : nth === 2
          ? { status: 304, headers: { etag: '"b"' } }
          : stored({ etag: '"b"' }),
    )
    await rig.ask(path)
    rig.clock.advance(seconds(20))
    expect(await rig.ask(path)).toMatchObject({ status: 200, text: 'answer 3' })
    expect(rig.got(path)[2]?.headers).not.toHaveProperty('if-none-match')
  })

  it('200 takes the place of what was stored', async () => {
    const { answer, path } = await revalidated(stored({ etag: '"a"' }), stored({ etag: '"b"' }))
    expect(answer).toMatchObject({ text: 'answer 2', outcome: 'miss' })
    expect(await rig.ask(path)).toMatchObject({ text: 'answer 2', outcome: 'hit' })
  })

  it('200 that may not be stored removes what was', async () => {
    const { path } = await revalidated(stored({ etag: '"a"' }), { headers: { 'cache-control': 'no-store' } })
    expect(rig.edge.entries(1, (key) => key === path).total).toBe(0)
  })

  it('304 that forbids to store is used once, and not stored', async () => {
    const { answer, path } = await revalidated(stored({ etag: '"a"' }), {
      status: 304,
      headers: { etag: '"a"', 'cache-control': 'no-store' },
    })
    expect(answer.text).toBe('answer 1')
    expect(rig.edge.entries(1, (key) => key === path).total).toBe(0)
  })

  it('Set-Cookie of a 304 reaches the one who asked and is not stored', async () => {
    const { answer, path } = await revalidated(stored({ etag: '"a"' }), {
      status: 304,
      headers: { etag: '"a"', 'set-cookie': 'id=1' },
    })
    expect(answer.header('set-cookie')).toBe('id=1')
    const next = await rig.ask(path)
    expect([next.outcome, next.header('set-cookie')]).toEqual(['hit', ''])
  })

  it.each([
    ['5.2.1.5: a request with no-store', { 'cache-control': 'no-store' }],
    ['3.5: a request with Authorization, where the answer is not for all', { authorization: 'Basic eDp5' }],
  ])('%s changes nothing that is stored', async (_what, headers) => {
    const { answer, path } = await revalidated(
      stored({ etag: '"a"', 'x-a': '1' }),
      { status: 304, headers: { etag: '"a"', 'x-a': '2' } },
      headers,
    )
    expect([answer.text, answer.header('x-a'), answer.header('cache-status')]).toEqual([
      'answer 1',
      '2',
      'edge; fwd=stale; fwd-status=304; ttl=10',
    ])
    const next = await rig.ask(path, { headers: { 'cache-control': 'only-if-cached, max-stale' } })
    expect([next.outcome, next.header('x-a')]).toEqual(['stale', '1'])
  })

  it('304 with another Vary: what is stored goes by that from then on', async () => {
    const { path } = await revalidated(
      stored({ etag: '"a"' }),
      { status: 304, headers: { etag: '"a"', vary: 'X-A' } },
      { 'x-a': '1' },
    )
    expect((await rig.ask(path, { headers: { 'x-a': '1' } })).outcome).toBe('hit')
    expect((await rig.ask(path, { headers: { 'x-a': '2' } })).header('cache-status')).toContain('fwd=vary-miss')
  })

  it('5xx is passed on, and leaves what was stored', async () => {
    const { answer, path } = await revalidated(stored({ etag: '"a"' }), { status: 503 })
    expect(answer.status).toBe(503)
    expect(rig.edge.entries(1, (key) => key === path).total).toBe(1)
  })
})

describe('RFC 9111, 4.3.2: handling a received validation request', () => {
  async function held(fields: Record<string, string>, conditions: Record<string, string>, status = 200) {
    const path = rig.path({ status, headers: { 'cache-control': 'max-age=10', ...fields } })
    await rig.ask(path)
    const answer = await rig.ask(path, { headers: conditions })
    expect(rig.got(path)).toHaveLength(1)
    return answer
  }
  const both = { etag: '"a"', 'last-modified': MODIFIED }

  it.each([
    ['If-None-Match with the ETag', both, { 'if-none-match': '"a"' }, 304],
    ['If-None-Match with it in a list', both, { 'if-none-match': '"x", "a"' }, 304],
    ['If-None-Match with a comma in a tag', { etag: '"a,b"' }, { 'if-none-match': '"x", "a,b"' }, 304],
    ['If-None-Match with a weak one is compared weakly', both, { 'if-none-match': 'W/"a"' }, 304],
    ['a weak stored ETag is compared weakly', { etag: 'W/"a"' }, { 'if-none-match': '"a"' }, 304],
    ['If-None-Match: *', both, { 'if-none-match': '*' }, 304],
    ['If-None-Match with another', both, { 'if-none-match': '"b"' }, 200],
    ['If-None-Match without quotes', both, { 'if-none-match': 'a' }, 200],
    [
      'If-None-Match goes before If-Modified-Since',
      both,
      { 'if-none-match': '"b"', 'if-modified-since': MODIFIED },
      200,
    ],
    ['If-None-Match where no ETag is stored', { 'last-modified': MODIFIED }, { 'if-none-match': '"a"' }, 200],
    ['If-Modified-Since with the date', both, { 'if-modified-since': MODIFIED }, 304],
    ['If-Modified-Since with a later date', both, { 'if-modified-since': LATER }, 304],
    ['If-Modified-Since with an earlier date', both, { 'if-modified-since': EARLIER }, 200],
    ['If-Modified-Since that is no date', both, { 'if-modified-since': 'yesterday' }, 200],
    ['If-Match is nothing to a cache', both, { 'if-match': '"b"' }, 200],
    ['If-Unmodified-Since is nothing to a cache', both, { 'if-unmodified-since': EARLIER }, 200],
  ])('%s', async (_title, fields, conditions, status) => {
    const answer = await held(fields, conditions)
    expect(answer.status).toBe(status)
    expect(answer.text).toBe(status === 304 ? '' : 'answer 1')
  })

  it('If-Modified-Since goes by Date where Last-Modified is missing', async () => {
    const path = rig.path({ headers: { 'cache-control': 'max-age=10' } })
    const first = await rig.ask(path)
    const answer = await rig.ask(path, { headers: { 'if-modified-since': first.header('date') } })
    expect(answer.status).toBe(304)
  })

  it('an answer that is no 2xx is given whole', async () => {
    expect((await held(both, { 'if-none-match': '"a"' }, 404)).status).toBe(404)
  })

  it('RFC 9110, 15.4.5: a 304 has what guides caches, and nothing that describes a body', async () => {
    const answer = await held(
      { ...both, 'content-type': 'text/x', 'content-location': '/x', vary: 'X-Y', expires: LATER },
      { 'if-none-match': '"a"' },
    )
    expect(['etag', 'cache-control', 'content-location', 'vary', 'expires'].map(answer.header)).toEqual([
      '"a"',
      'max-age=10',
      '/x',
      'X-Y',
      LATER,
    ])
    expect(answer.header('date')).not.toBe('')
    expect(['content-type', 'content-length', 'last-modified'].map(answer.header)).toEqual(['', '', ''])
  })

  it('a client that holds what the origin confirms gets 304', async () => {
    const { answer } = await revalidated(
      stored({ etag: '"a"' }),
      { status: 304, headers: { etag: '"a"' } },
      { 'if-none-match': '"a"' },
    )
    expect([answer.status, answer.outcome]).toEqual([304, 'revalidated'])
  })

  it('a client that holds what the origin now has gets 304, and it is stored', async () => {
    const { answer, path } = await revalidated(stored({ etag: '"a"' }), stored({ etag: '"b"' }), {
      'if-none-match': '"b"',
    })
    expect(answer.status).toBe(304)
    expect(await rig.ask(path)).toMatchObject({ status: 200, text: 'answer 2', outcome: 'hit' })
  })

  it('with nothing stored, the client’s conditions go to the origin and its 304 comes back', async () => {
    const path = rig.path(({ headers }) =>
      headers['if-none-match'] === '"a"' ? { status: 304, headers: { etag: '"a"' } } : stored({ etag: '"a"' }),
    )
    const answer = await rig.ask(path, { headers: { 'if-none-match': '"a"' } })
    expect([answer.status, answer.outcome]).toEqual([304, 'revalidated'])
    expect(await rig.ask(path)).toMatchObject({ status: 200, outcome: 'miss' })
  })
})

describe('RFC 9111, 4.3.5: freshening with HEAD', () => {
  const answers =
    (headers: Record<string, string>) =>
    (got: { method: string }, nth: number): Answer =>
      nth === 1 ? stored({ etag: '"a"', 'x-a': '1' }) : got.method === 'HEAD' ? { headers } : stored({ etag: '"c"' })

  it('HEAD is answered from a stored GET, with its length', async () => {
    const path = rig.path(stored({}))
    await rig.ask(path)
    const answer = await rig.ask(path, { method: 'HEAD' })
    expect([answer.outcome, answer.text, answer.header('content-length')]).toEqual(['hit', '', '8'])
    expect(rig.got(path)).toHaveLength(1)
  })

  it('the answer to a HEAD is not given to a GET', async () => {
    const path = rig.path(stored({}))
    await rig.ask(path, { method: 'HEAD' })
    expect(await rig.ask(path)).toMatchObject({ outcome: 'miss', text: 'answer 2' })
  })

  it('HEAD that shows the same brings the stored GET up to date', async () => {
    const path = rig.path(answers({ etag: '"a"', 'x-a': '2', 'content-length': '8', 'cache-control': 'max-age=100' }))
    await rig.ask(path)
    rig.clock.advance(seconds(20))
    await rig.ask(path, { method: 'HEAD' })
    rig.clock.advance(seconds(50))
    const answer = await rig.ask(path)
    expect([answer.outcome, answer.header('x-a'), answer.text]).toEqual(['hit', '2', 'answer 1'])
  })

  it.each([
    ['another ETag', { etag: '"b"' }],
    ['another length', { etag: '"a"', 'content-length': '9' }],
  ])('HEAD that shows %s makes the stored GET invalid', async (_what, headers) => {
    const path = rig.path(answers({ 'cache-control': 'max-age=100', ...headers }))
    await rig.ask(path)
    rig.clock.advance(seconds(20))
    await rig.ask(path, { method: 'HEAD' })
    expect(rig.edge.entries(1, (key) => key === path).total).toBe(0)
  })
})
