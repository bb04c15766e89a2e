import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig, seconds, type Told } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const status = (answer: Told) => answer.header('cache-status')
const kinds = (path: string) => rig.told.filter(({ url }) => url === path).map(({ kind }) => kind)
const fresh = (more: Record<string, string> = {}) => ({ headers: { 'cache-control': 'max-age=10', ...more } })

describe('RFC 9211, 2: Cache-Status', () => {
  it('a miss says why, with which status, that it is stored, and for how long', async () => {
    const path = rig.path(fresh())
    const answer = await rig.ask(path)
    expect(status(answer)).toBe('edge; fwd=uri-miss; fwd-status=200; stored; ttl=10')
    expect(answer.outcome).toBe('miss')
    expect(kinds(path)).toEqual(['miss', 'store'])
  })

  it('a hit says for how long', async () => {
    const path = rig.path(fresh())
    await rig.ask(path)
    rig.clock.advance(3_500)
    const answer = await rig.ask(path)
    expect(status(answer)).toBe('edge; hit; ttl=6')
    expect(answer.outcome).toBe('hit')
    expect(kinds(path)).toEqual(['miss', 'store', 'hit'])
  })

  it('2.3: what is stale has a negative ttl, by however little', async () => {
    const path = rig.path(fresh())
    await rig.ask(path)
    rig.clock.advance(10_001)
    const answer = await rig.ask(path, { headers: { 'cache-control': 'max-stale' } })
    expect(status(answer)).toBe('edge; hit; ttl=-1')
    expect(answer.outcome).toBe('stale')
    expect(kinds(path).at(-1)).toBe('stale')
  })

  it('2.2: an entry that the origin confirmed', async () => {
    const path = rig.path((_got, nth) =>
      nth === 1 ? fresh({ etag: '"a"' }) : { status: 304, headers: { etag: '"a"' } },
    )
    await rig.ask(path)
    rig.clock.advance(seconds(10))
    const answer = await rig.ask(path)
    expect(status(answer)).toBe('edge; fwd=stale; fwd-status=304; stored; ttl=10')
    expect(answer.outcome).toBe('revalidated')
    expect(kinds(path).slice(2)).toEqual(['store', 'revalidated'])
  })

  it('2.2: an entry that the origin replaced', async () => {
    const path = rig.path(fresh())
    await rig.ask(path)
    rig.clock.advance(seconds(10))
    const answer = await rig.ask(path)
    expect(status(answer)).toBe('edge; fwd=stale; fwd-status=200; stored; ttl=10')
    expect(answer.outcome).toBe('miss')
  })

  it('2.2: the request wanted the origin', async () => {
    const path = rig.path(fresh())
    await rig.ask(path)
    const answer = await rig.ask(path, { headers: { 'cache-control': 'no-cache' } })
    expect(status(answer)).toBe('edge; fwd=request; fwd-status=200; stored; ttl=10')
  })

  it('2.2: a method that caches have no part in', async () => {
    const path = rig.path({})
    const answer = await rig.ask(path, { method: 'POST' })
    expect(status(answer)).toBe('edge; fwd=method; fwd-status=200')
    expect(kinds(path)).toEqual(['bypass'])
  })

  it('2.2: a GET with content', async () => {
    const path = rig.path({})
    const answer = await rig.ask(path, { body: 'x', headers: { 'content-length': '1' } })
    expect(status(answer)).toBe('edge; fwd=bypass; fwd-status=200')
    expect(answer.outcome).toBe('bypass')
    expect(kinds(path)).toEqual(['bypass'])
  })

  it('2.5: an answer that is not stored does not say so', async () => {
    expect(status(await rig.ask(rig.path({ headers: { 'cache-control': 'no-store' } })))).toBe(
      'edge; fwd=uri-miss; fwd-status=200',
    )
  })

  it('2.7: those who waited along say so', async () => {
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    const path = rig.path(async () => {
      await held
      return fresh()
    })
    const both = Promise.all([rig.ask(path), rig.ask(path)])
    await expect.poll(() => rig.got(path).length).toBe(1)
    // The second has to be waiting; it is as soon as its bytes are read.
    await rig.ask(rig.path({}))
    go()
    expect((await both).map(({ outcome }) => outcome).sort()).toEqual(['coalesced', 'miss'])
    expect((await both).map(status).sort()).toEqual([
      'edge; fwd=uri-miss; fwd-status=200; stored; collapsed; ttl=10',
      'edge; fwd=uri-miss; fwd-status=200; stored; ttl=10',
    ])
    expect(
      kinds(path)
        .filter((kind) => kind !== 'store')
        .sort(),
    ).toEqual(['coalesced', 'miss'])
  })

  it('3: ours comes after the origin’s on the way back, and alone on a hit', async () => {
    const path = rig.path(fresh({ 'cache-status': 'redis; fwd=miss' }))
    expect(status(await rig.ask(path))).toBe('redis; fwd=miss, edge; fwd=uri-miss; fwd-status=200; stored; ttl=10')
    expect(status(await rig.ask(path))).toBe('edge; hit; ttl=10')
  })

  it('stands alone where the origin’s doesn’t parse, because readers ignore all of such a field', async () => {
    const path = rig.path(fresh({ 'cache-status': 'redis; HIT,' }))
    expect(status(await rig.ask(path))).toBe('edge; fwd=uri-miss; fwd-status=200; stored; ttl=10')
  })

  it('an origin that is away is an error', async () => {
    const path = rig.serve((incoming) => void incoming.socket.destroy())
    const answer = await rig.ask(path)
    expect([answer.status, answer.outcome]).toEqual([502, 'error'])
    expect(status(answer)).toBe('edge; fwd=uri-miss; detail=unavailable')
    expect(kinds(path)).toEqual(['error'])
  })

  it('what is told has the request and its time', async () => {
    const path = rig.path(fresh())
    await rig.ask(path, { headers: { 'x-run': '7' } })
    rig.clock.advance(seconds(2))
    await rig.ask(path, { headers: { 'x-run': '8' } })
    const hit = rig.told.filter(({ url }) => url === path).at(-1)
    expect(hit).toMatchObject({ at: rig.clock.now(), kind: 'hit', method: 'GET', status: 200, ageMs: 2_000, durMs: 0 })
    expect([hit?.header('x-run'), hit?.header('x-none')]).toEqual(['8', ''])
  })
})

describe('Server-Timing', () => {
  it('a miss shows the origin’s times and then ours', async () => {
    const path = rig.path(() => {
      rig.clock.advance(7)
      return fresh({ 'server-timing': 'origin;dur=7' })
    })
    expect((await rig.ask(path)).header('server-timing')).toBe('origin;dur=7, edge;dur=0')
  })

  it('a hit never shows the times of the stored answer', async () => {
    const path = rig.path(fresh({ 'server-timing': 'origin;dur=7' }))
    await rig.ask(path)
    expect((await rig.ask(path)).header('server-timing')).toBe('edge;dur=0')
  })

  it('other end-to-end fields stay as they were stored', async () => {
    const path = rig.path((_got, nth) => fresh({ 'x-worker': String(nth), 'x-version': '3' }))
    await rig.ask(path)
    const hit = await rig.ask(path)
    expect([hit.header('x-worker'), hit.header('x-version')]).toEqual(['1', '3'])
  })
})
