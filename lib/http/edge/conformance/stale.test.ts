import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig, seconds } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const refreshes = (path: string) => rig.told.filter(({ kind, url }) => kind === 'refresh' && url === path)
const refreshed = (path: string, times = 1) => expect.poll(() => refreshes(path).length).toBe(times)

describe('RFC 5861, 3: stale-while-revalidate', () => {
  const SWR = 'max-age=10, stale-while-revalidate=20'

  it('what is stale is given at once, with its age, and brought up to date behind it', async () => {
    const path = rig.path({ headers: { 'cache-control': SWR } })
    await rig.ask(path)
    rig.clock.advance(seconds(15))
    const stale = await rig.ask(path)
    expect([stale.text, stale.outcome, stale.header('age')]).toEqual(['answer 1', 'stale', '15'])
    await refreshed(path)
    const fresh = await rig.ask(path)
    expect([fresh.text, fresh.outcome, fresh.header('age')]).toEqual(['answer 2', 'hit', '0'])
  })

  it('past the window the origin is asked first', async () => {
    const path = rig.path({ headers: { 'cache-control': SWR } })
    await rig.ask(path)
    rig.clock.advance(seconds(30))
    expect(await rig.ask(path)).toMatchObject({ text: 'answer 2', outcome: 'miss' })
  })

  it('the refresh asks whether the entry still holds, and a 304 makes it fresh', async () => {
    const path = rig.path((_got, nth) =>
      nth === 1 ? { headers: { 'cache-control': SWR, etag: '"a"' } } : { status: 304, headers: { etag: '"a"' } },
    )
    await rig.ask(path)
    rig.clock.advance(seconds(15))
    await rig.ask(path)
    await refreshed(path)
    expect(rig.got(path)[1]?.headers['if-none-match']).toBe('"a"')
    expect(await rig.ask(path)).toMatchObject({ text: 'answer 1', outcome: 'hit' })
  })

  it('the refresh is a GET without what the client asked of caches, or of a part', async () => {
    const path = rig.path({ headers: { 'cache-control': SWR } })
    await rig.ask(path)
    rig.clock.advance(seconds(15))
    await rig.ask(path, {
      method: 'HEAD',
      headers: { 'cache-control': 'only-if-cached', range: 'bytes=0-0', 'if-none-match': '"x"' },
    })
    await refreshed(path)
    const refresh = rig.got(path)[1]
    expect(refresh?.method).toBe('GET')
    for (const gone of ['cache-control', 'range', 'if-none-match']) expect(refresh?.headers).not.toHaveProperty(gone)
  })

  it('a refresh that fails leaves the entry as it was, and is tried again', async () => {
    const path = rig.path((_got, nth) => (nth === 2 ? { status: 500 } : { headers: { 'cache-control': SWR } }))
    await rig.ask(path)
    rig.clock.advance(seconds(15))
    expect((await rig.ask(path)).text).toBe('answer 1')
    await refreshed(path)
    expect((await rig.ask(path)).text).toBe('answer 1')
    await refreshed(path, 2)
    expect((await rig.ask(path)).text).toBe('answer 3')
  })

  it.each(['must-revalidate', 'proxy-revalidate', 's-maxage=10', 'no-cache'])(
    'RFC 9111, 4.2.4: %s rules it out',
    async (forbids) => {
      const path = rig.path({ headers: { 'cache-control': `${SWR}, ${forbids}`, etag: '"a"' } })
      await rig.ask(path)
      rig.clock.advance(seconds(15))
      expect(await rig.ask(path)).toMatchObject({ text: 'answer 2', outcome: 'miss' })
    },
  )

  it.each(['no-cache', 'max-age=5', 'min-fresh=1'])('a client that asks for %s waits', async (asked) => {
    const path = rig.path({ headers: { 'cache-control': SWR } })
    await rig.ask(path)
    rig.clock.advance(seconds(15))
    expect(await rig.ask(path, { headers: { 'cache-control': asked } })).toMatchObject({ text: 'answer 2' })
  })
})

describe('RFC 5861, 4: stale-if-error', () => {
  const SIE = 'max-age=10, stale-if-error=20'

  /** An origin that answers once, and from then on with this; what a second request gets so many seconds later. */
  async function failing(status: number, afterS: number, answered = SIE, asked?: string) {
    const path = rig.serve((incoming, outgoing, nth) => {
      if (nth === 1) outgoing.writeHead(200, { 'cache-control': answered, etag: '"a"' }).end('old')
      else if (status === 0) incoming.socket.destroy()
      else outgoing.writeHead(status).end('failed')
    })
    await rig.ask(path)
    rig.clock.advance(seconds(afterS))
    return rig.ask(path, asked === undefined ? {} : { headers: { 'cache-control': asked } })
  }

  it.each([500, 502, 503, 504, 0])(
    '%i in the place of an answer: what is stale is given (0: none came)',
    async (status) => {
      expect(await failing(status, 15)).toMatchObject({ status: 200, text: 'old' })
    },
  )

  it.each([501, 505, 404, 403])('%i is no such error', async (status) => {
    expect((await failing(status, 15)).status).toBe(status)
  })

  it('past the window the error is given', async () => {
    expect((await failing(500, 30)).status).toBe(500)
    expect((await failing(0, 30)).status).toBe(502)
  })

  it('the request may allow it too', async () => {
    expect(await failing(500, 15, 'max-age=10', 'stale-if-error=20')).toMatchObject({ status: 200, text: 'old' })
  })

  it.each(['must-revalidate', 'proxy-revalidate', 's-maxage=10', 'no-cache'])(
    'RFC 9111, 4.2.4: %s rules it out',
    async (forbids) => {
      expect((await failing(500, 15, `${SIE}, ${forbids}`)).status).toBe(500)
    },
  )

  it('a client that asks for no-cache gets the error', async () => {
    expect((await failing(500, 15, SIE, 'no-cache')).status).toBe(500)
  })

  it('RFC 9211, 2.1 and 2.2: it is no hit, since the request went to the origin; the ttl says that it is stale', async () => {
    const answer = await failing(503, 15)
    expect(answer.header('cache-status')).toBe('edge; fwd=stale; fwd-status=503; ttl=-5')
    expect(answer.header('age')).toBe('15')
  })
})
