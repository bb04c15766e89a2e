import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Ask, openRig, type Rig } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const FRESH = 'max-age=60'

/** How often the origin was called by two requests of which the second could have been answered from the store. */
async function calls(answer: Answer, first: Ask = {}, second: Ask = {}): Promise<number> {
  const path = rig.path(answer)
  await rig.ask(path, first)
  await rig.ask(path, second)
  return rig.got(path).length
}
const cc = (value: string, more: Record<string, string> = {}): Answer => ({
  headers: { 'cache-control': value, ...more },
})
const STORED = 1
const NOT_STORED = 2

describe('RFC 9111, 3: storing responses in caches', () => {
  it.each<[string, Answer, number]>([
    ['a fresh answer is stored', cc(FRESH), STORED],
    ['5.2.2.5: no-store is not stored', cc(`no-store, ${FRESH}`), NOT_STORED],
    ['5.2.2.7: private is not stored', cc(`private, ${FRESH}`), NOT_STORED],
    ['5.2.2.7: private counts with s-maxage beside it', cc('private, s-maxage=60'), NOT_STORED],
    ['5.2.2.7: private counts with public beside it', cc(`public, private, ${FRESH}`), NOT_STORED],
    ['5.2.2.7: an empty list of private fields makes all of it private', cc(`private="", ${FRESH}`), NOT_STORED],
    ['names in capitals forbid as well', cc(`NO-STORE, ${FRESH}`), NOT_STORED],
    ['without lifetime and validator there is nothing to store', cc('public'), NOT_STORED],
    ['201 with an explicit lifetime is stored', { ...cc(FRESH), status: 201 }, STORED],
    ['302 with an explicit lifetime is stored', { ...cc(FRESH), status: 302 }, STORED],
    ['404 with an explicit lifetime is stored', { ...cc(FRESH), status: 404 }, STORED],
    ['500 with an explicit lifetime is stored', { ...cc(FRESH), status: 500 }, STORED],
    ['599, which nobody knows, is stored where its lifetime is explicit', { ...cc(FRESH), status: 599 }, STORED],
    ['206 is never stored as a whole', { ...cc(FRESH, { 'content-range': 'bytes 0-7/10' }), status: 206 }, NOT_STORED],
    ['412 is about the conditions of one client', { ...cc(FRESH), status: 412 }, NOT_STORED],
    ['416 is about the range of one client', { ...cc(FRESH), status: 416 }, NOT_STORED],
    [
      '5.2.2.3: must-understand overrides no-store for a status that is understood',
      cc(`must-understand, no-store, ${FRESH}`),
      STORED,
    ],
    [
      '5.2.2.3: must-understand forbids to store a status that is not',
      { ...cc(`must-understand, ${FRESH}`), status: 299 },
      NOT_STORED,
    ],
    ['5.2.2.6: no-transform is no matter of storing', cc(`no-transform, ${FRESH}`), STORED],
    ['5.4: Pragma: no-cache in an answer means nothing', cc(FRESH, { pragma: 'no-cache' }), STORED],
  ])('%s', async (_title, answer, expected) => {
    expect(await calls(answer)).toBe(expected)
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'REPORT'])(
    'the answer to a %s is not stored',
    async (method) => {
      const path = rig.path(cc(FRESH))
      await rig.ask(path, { method })
      await rig.ask(path, { method })
      await rig.ask(path)
      expect(rig.got(path).map((got) => got.method)).toEqual([method, method, 'GET'])
    },
  )

  it('a GET with content is neither stored nor answered from the store', async () => {
    const path = rig.path(cc(FRESH))
    await rig.ask(path, { body: 'x', headers: { 'content-length': '1' } })
    await rig.ask(path)
    const third = await rig.ask(path, { body: 'x', headers: { 'content-length': '1' } })
    expect(rig.got(path).map(({ body }) => body)).toEqual(['x', '', 'x'])
    expect(third.outcome).toBe('bypass')
  })

  it('5.2.1.5: the answer to a request with no-store is not stored', async () => {
    expect(await calls(cc(FRESH), { headers: { 'cache-control': 'no-store' } })).toBe(NOT_STORED)
  })

  it('5.2.1.5: a request with no-store may be answered from the store', async () => {
    expect(await calls(cc(FRESH), {}, { headers: { 'cache-control': 'no-store' } })).toBe(STORED)
  })

  it('2: the address with its query is the key', async () => {
    const path = rig.path(cc(FRESH))
    await rig.ask(`${path}?a=1`)
    await rig.ask(`${path}?a=2`)
    await rig.ask(`${path}?a=1`)
    expect(rig.got(path).map(({ url }) => url)).toEqual([`${path}?a=1`, `${path}?a=2`])
    expect(rig.edge.entries(10, (key) => key.startsWith(path)).entries.map(({ key }) => key)).toEqual([
      `${path}?a=1`,
      `${path}?a=2`,
    ])
  })
})

describe('RFC 9111, 3.1: storing header and trailer fields', () => {
  it('unknown end-to-end fields are stored and given again, each line of them', async () => {
    const path = rig.path({ headers: { 'cache-control': FRESH, 'X-Foo': ['a', 'b'] } })
    const first = await rig.ask(path)
    const second = await rig.ask(path)
    for (const { rawHeaders } of [first, second]) {
      expect(rawHeaders.filter((_, i) => rawHeaders[i - (i % 2)] === 'X-Foo')).toEqual(['X-Foo', 'a', 'X-Foo', 'b'])
    }
  })

  it('hop-by-hop fields and those that Connection names are neither stored nor passed on', async () => {
    const path = rig.path({
      headers: {
        'cache-control': FRESH,
        connection: 'x-hop',
        'x-hop': '1',
        'keep-alive': 'timeout=9',
        'proxy-authenticate': 'Basic',
        'proxy-connection': 'close',
        'x-end': '1',
      },
    })
    for (const answer of [await rig.ask(path), await rig.ask(path)]) {
      for (const gone of ['x-hop', 'proxy-authenticate', 'proxy-connection']) expect(answer.header(gone)).toBe('')
      expect(answer.header('keep-alive')).not.toBe('timeout=9')
      expect(answer.header('x-end')).toBe('1')
    }
    expect(rig.got(path)).toHaveLength(1)
  })

  it.each([
    ['private', { 'cache-control': 'private', expires: 'Thu, 01 Jan 2037 00:00:00 GMT' }],
    ['no-store', { 'cache-control': 'no-store', expires: 'Thu, 01 Jan 2037 00:00:00 GMT' }],
  ])('what Connection takes away still forbids: %s', async (_what, headers) => {
    const path = rig.path({ headers: { ...headers, connection: 'Cache-Control' } })
    const first = await rig.ask(path)
    expect([first.header('cache-control'), first.header('cache-status')]).toEqual([
      '',
      'edge; fwd=uri-miss; fwd-status=200',
    ])
    expect((await rig.ask(path)).text).toBe('answer 2')
  })

  it.each([
    'private no-store',
    'no-store private',
    'private; max-age=60',
    'max-age=60; private',
    'max-age=60 no-store',
    'no-store;max-age=60',
    's-maxage=60 private, max-age=60',
    'public; no-store, max-age=60',
    '"no-store", max-age=60',
    'foo="bar no-store, max-age=60',
    'foo"bar, no-store", max-age=60',
    'no-store=, max-age=60',
    'no-store/private, max-age=60',
    'must-understand no-store, max-age=60',
  ])('what forbids still forbids beside junk: %s', async (control) => {
    const path = rig.path({ headers: { 'cache-control': control, 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' } })
    await rig.ask(path)
    expect(rig.edge.entries(1, (key) => key === path).total).toBe(0)
  })

  it.each(['no-cache max-age=60', 'max-age=60; must-revalidate', 'max-age: 60', 's-maxage:60, max-age=60'])(
    'a lifetime beside junk is none: %s',
    async (control) => {
      const path = rig.path({ headers: { 'cache-control': control, etag: '"a"' } })
      await rig.ask(path)
      await rig.ask(path)
      expect(rig.got(path)).toHaveLength(2)
    },
  )

  it('must-revalidate beside junk forbids a stale answer', async () => {
    const path = rig.path({ headers: { 'cache-control': 'max-age=1, stale-while-revalidate=60, foo must-revalidate' } })
    await rig.ask(path)
    rig.clock.advance(5_000)
    expect((await rig.ask(path)).outcome).toBe('miss')
  })

  it.each(['public; x', 's-maxage=60; x', 's-maxage=x', 'must-revalidate x'])(
    'what permits does not beside junk: %s, for a request with Authorization',
    async (control) => {
      const path = rig.path({ headers: { 'cache-control': `${control}, max-age=60`, etag: '"a"' } })
      await rig.ask(path, { headers: { authorization: 'Basic eDp5' } })
      expect(rig.edge.entries(1, (key) => key === path).total).toBe(0)
    },
  )

  it.each(['private= "x-own"', 'private="x own"', 'private=""x-own"', 'private="'])(
    '5.2.2.7: an argument that is no list of field names is none, and makes all of it private: %s',
    async (directive) => {
      const path = rig.path({ headers: { 'cache-control': `${directive}, ${FRESH}`, 'x-own': '1' } })
      await rig.ask(path)
      expect((await rig.ask(path)).text).toBe('answer 2')
    },
  )

  it.each(['private', 'no-cache'])(
    '5.2.2: the fields that %s names are for one client, the rest is for all',
    async (name) => {
      const path = rig.path({
        headers: {
          'cache-control': `${name}="set-cookie, X-Own", ${FRESH}`,
          'set-cookie': 'a=1',
          'x-own': '1',
          'x-all': '1',
        },
      })
      const first = await rig.ask(path)
      const second = await rig.ask(path)
      expect(rig.got(path)).toHaveLength(1)
      expect([first.header('set-cookie'), first.header('x-own'), first.header('x-all')]).toEqual(['a=1', '1', '1'])
      expect([second.header('set-cookie'), second.header('x-own'), second.header('x-all')]).toEqual(['', '', '1'])
    },
  )
})

describe('RFC 9111, 3.5: storing responses to authenticated requests', () => {
  const authorized: Ask = { headers: { authorization: 'Basic eDp5' } }
  it.each([
    ['max-age alone does not allow it', FRESH, NOT_STORED],
    ['public allows it', `public, ${FRESH}`, STORED],
    ['s-maxage allows it', 's-maxage=60', STORED],
    ['must-revalidate allows it', `must-revalidate, ${FRESH}`, STORED],
    ['proxy-revalidate does not', `proxy-revalidate, ${FRESH}`, NOT_STORED],
    ['private forbids it all the same', `private, must-revalidate, ${FRESH}`, NOT_STORED],
  ])('%s', async (_title, value, expected) => {
    expect(await calls(cc(value), authorized)).toBe(expected)
  })

  it('what was asked for without Authorization may answer a request with it', async () => {
    expect(await calls(cc(FRESH), {}, authorized)).toBe(STORED)
  })
})

describe('RFC 9111, 7.3: answers with Set-Cookie reach a second client only where the origin said so', () => {
  it.each([
    ['max-age does not say so', FRESH, {}, NOT_STORED],
    ['a heuristic does not', '', { 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }, NOT_STORED],
    ['public does', `public, ${FRESH}`, {}, STORED],
    ['s-maxage does', 's-maxage=60', {}, STORED],
    ['CDN-Cache-Control does', 'no-store', { 'cdn-cache-control': FRESH }, STORED],
  ])('%s', async (_title, value, more, expected) => {
    expect(await calls(cc(value, { 'set-cookie': 'id=1', ...more }))).toBe(expected)
  })
})
