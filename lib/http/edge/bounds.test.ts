import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { listen, openRig, type Rig, stop } from './conformance/rig'
import { openEdge } from './edge'
import { edgeServer } from './server'

const rigs: Rig[] = []
const rigged = async (...options: Parameters<typeof openRig>) => {
  const rig = await openRig(...options)
  rigs.push(rig)
  return rig
}
afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.close()))
})
const FRESH = { 'cache-control': 'max-age=60' }

describe('the store of an edge', () => {
  it('holds so many entries; the one that was not used for the longest makes way', async () => {
    const rig = await rigged({ entries: 2 })
    const [a, b, c] = [rig.path({ headers: FRESH }), rig.path({ headers: FRESH }), rig.path({ headers: FRESH })]
    await rig.ask(a)
    await rig.ask(b)
    await rig.ask(a)
    await rig.ask(c)
    expect(rig.edge.entries(9).entries.map(({ key }) => key)).toEqual([c, a])
    expect(rig.told.filter(({ kind }) => kind === 'eviction')).toMatchObject([{ url: b, method: 'GET' }])
  })

  it('holds so many bytes', async () => {
    const rig = await rigged({ bytes: 10_000 })
    const paths = Array.from({ length: 5 }, () => rig.path({ headers: FRESH, body: 'x'.repeat(3_000) }))
    for (const path of paths) await rig.ask(path)
    const { entries, total } = rig.edge.entries(9)
    expect(entries.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(10_000)
    expect(total).toBe(2)
    expect((await rig.ask(paths[4] ?? '')).outcome).toBe('hit')
    expect((await rig.ask(paths[0] ?? '')).outcome).toBe('miss')
  })

  it('does not take what alone is larger than it is', async () => {
    const rig = await rigged({ bytes: 2_000 })
    const path = rig.path({ headers: FRESH, body: 'x'.repeat(3_000) })
    await rig.ask(path)
    expect(rig.edge.entries(9).total).toBe(0)
  })

  it('holds 64 variants of an address', async () => {
    const rig = await rigged()
    const path = rig.path({ headers: { ...FRESH, vary: 'X-A' } })
    for (let nth = 0; nth < 70; nth += 1) await rig.ask(path, { headers: { 'x-a': String(nth) } })
    expect(rig.edge.entries(100).total).toBe(64)
    expect((await rig.ask(path, { headers: { 'x-a': '0' } })).outcome).toBe('miss')
    expect((await rig.ask(path, { headers: { 'x-a': '69' } })).outcome).toBe('hit')
  })

  it('lists what it holds, and what matches', async () => {
    const rig = await rigged()
    const path = rig.path({ headers: { ...FRESH, etag: '"a"', age: '10', vary: 'X-A' }, body: 'x'.repeat(1_000) })
    await rig.ask(path, { headers: { 'x-a': '1' } })
    await rig.ask(`${path}?b`)
    const now = rig.clock.now()
    const { entries, total } = rig.edge.entries(1)
    expect([entries.length, total]).toEqual([1, 2])
    const [entry] = rig.edge.entries(9, (key) => key === path).entries
    expect(entry).toMatchObject({
      key: path,
      vary: { 'x-a': '1' },
      etag: '"a"',
      storedAt: now,
      expiresAt: now + 50_000,
    })
    expect(entry?.bytes).toBeGreaterThan(1_000)
  })

  it('forgets what it is told to', async () => {
    const rig = await rigged()
    const [a, b] = [rig.path({ headers: FRESH }), rig.path({ headers: FRESH })]
    await rig.ask(a)
    await rig.ask(b)
    expect(rig.edge.purge((key) => key === a)).toBe(1)
    expect([(await rig.ask(a)).outcome, (await rig.ask(b)).outcome]).toEqual(['miss', 'hit'])
    expect(rig.edge.purge()).toBe(2)
  })

  it('does not take what was on its way when it was emptied', async () => {
    const rig = await rigged()
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    const path = rig.path(async () => {
      await held
      return { headers: FRESH }
    })
    const asking = rig.ask(path)
    await expect.poll(() => rig.got(path).length).toBe(1)
    rig.edge.purge()
    go()
    expect((await asking).status).toBe(200)
    expect(rig.edge.entries(1).total).toBe(0)
  })
})

describe('an edge whose origin ends and comes back', () => {
  it('answers 502 for what is not stored, still gives what is, and recovers', async () => {
    const answer = () =>
      createServer((request, response) =>
        response.writeHead(200, request.url === '/kept' ? FRESH : { 'cache-control': 'no-store' }).end('here'),
      )
    let origin = answer()
    const address = await listen(origin)
    const edge = openEdge({ origin: address })
    const front = edgeServer(edge)
    const url = await listen(front)
    const status = async (path: string) => (await fetch(url + path)).status
    expect([await status('/kept'), await status('/other')]).toEqual([200, 200])

    await stop(origin)
    expect([await status('/kept'), await status('/other')]).toEqual([200, 502])

    origin = answer()
    await listen(origin, Number(new URL(address).port))
    expect(await status('/other')).toBe(200)
    await edge.close()
    await stop(front)
    await stop(origin)
  })
})

describe('openEdge', () => {
  const origin = 'http://127.0.0.1:9000'
  it.each([
    [{ origin: 'http://example.com' }, 'origin is "http://example.com": it takes an address on loopback'],
    [{ origin: 'https://localhost' }, 'origin is "https://localhost"'],
    [{ origin: 'http://localhost/a' }, 'origin is "http://localhost/a"'],
    [{ origin: 'http://a@localhost' }, 'origin is "http://a@localhost"'],
    [{ origin: 'localhost' }, 'origin is "localhost"'],
    [{ origin, name: 'a b' }, 'name is "a b": it takes a token'],
    [{ origin, bytes: 0 }, 'bytes is 0: it takes a whole number from 1'],
    [{ origin, entries: 1.5 }, 'entries is 1.5'],
    [{ origin, entryBytes: Number.NaN }, 'entryBytes is NaN'],
    [{ origin, headersMs: -1 }, 'headersMs is -1'],
  ])('refuses %j', (options, message) => {
    expect(() => openEdge(options)).toThrow(message)
  })
})
