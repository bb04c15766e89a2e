import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig } from './conformance/rig'

const PAGE = 'http://127.0.0.1:3000'

let rig: Rig
beforeAll(async () => {
  rig = await openRig({ pages: [PAGE] })
})
afterAll(() => rig.close())

const FRESH = { 'cache-control': 'max-age=60' }
const OF_THE_PAGE = { origin: PAGE, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors', referer: `${PAGE}/x` }

describe('pages of another port', () => {
  it('may ask and read, from the origin and from the store; what they may is not stored', async () => {
    const path = rig.path({ headers: { ...FRESH, vary: 'X-A' } })
    for (const outcome of ['miss', 'hit']) {
      const answer = await rig.ask(path, { headers: OF_THE_PAGE })
      expect(answer.outcome).toBe(outcome)
      expect([answer.header('access-control-allow-origin'), answer.header('timing-allow-origin')]).toEqual([PAGE, PAGE])
      expect(answer.header('vary')).toBe('X-A, Origin')
      for (const field of ['Age', 'Cache-Status', 'Server-Timing', 'X-Worker', 'Via']) {
        expect(answer.header('access-control-expose-headers')).toContain(field)
      }
    }
    const other = await rig.ask(path)
    expect([other.outcome, other.header('access-control-allow-origin'), other.header('vary')]).toEqual([
      'hit',
      '',
      'X-A',
    ])
  })

  it('are the origin’s own pages to the origin, which would refuse them by their name', async () => {
    const path = rig.path({})
    await rig.ask(path, { headers: OF_THE_PAGE })
    const { headers } = rig.got(path)[0] ?? { headers: {} }
    for (const gone of ['origin', 'sec-fetch-mode']) expect(headers).not.toHaveProperty(gone)
    expect(headers).toHaveProperty('sec-fetch-site', 'same-origin')
  })

  it('share one entry with programs, though the origin varies on Origin', async () => {
    const path = rig.path({ headers: { ...FRESH, vary: 'Origin' } })
    await rig.ask(path)
    expect((await rig.ask(path, { headers: OF_THE_PAGE })).outcome).toBe('hit')
  })

  it('get the origin’s own word on pages replaced by ours', async () => {
    const path = rig.path({ headers: { ...FRESH, 'access-control-allow-origin': 'http://other.example' } })
    expect((await rig.ask(path, { headers: OF_THE_PAGE })).header('access-control-allow-origin')).toBe(PAGE)
  })

  it('may read errors of ours too', async () => {
    const path = rig.serve((incoming) => void incoming.socket.destroy())
    const answer = await rig.ask(path, { headers: OF_THE_PAGE })
    expect([answer.status, answer.header('access-control-allow-origin')]).toEqual([502, PAGE])
  })

  it('have their preflights answered here', async () => {
    const path = rig.path({})
    const answer = await rig.ask(path, {
      method: 'OPTIONS',
      headers: { ...OF_THE_PAGE, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'x-a' },
    })
    expect(answer.status).toBe(204)
    expect(answer.header('access-control-allow-origin')).toBe(PAGE)
    expect(answer.header('access-control-allow-methods')).toContain('PATCH')
    expect(answer.header('access-control-allow-headers')).toBe('x-a')
    expect(rig.got(path)).toHaveLength(0)
  })
})

describe('who may ask', () => {
  it.each([
    ['a program', {}],
    ['an address typed into the browser', { 'sec-fetch-site': 'none' }],
    ['a page of the edge itself', { 'sec-fetch-site': 'same-origin' }],
  ])('%s', async (_who, headers) => {
    expect((await rig.ask(rig.path({}), { headers })).status).toBe(200)
  })

  it('a page of the edge itself that names its origin; the origin behind gets it as a program', async () => {
    const path = rig.path({})
    const answer = await rig.ask(path, {
      method: 'POST',
      headers: { origin: rig.address, 'sec-fetch-site': 'same-origin' },
    })
    expect(answer.status).toBe(200)
    expect(rig.got(path)[0]?.headers).not.toHaveProperty('origin')
    expect(answer.header('access-control-allow-origin')).toBe('')
  })

  it.each<[string, Record<string, string>, number, string]>([
    [
      'a page of another site',
      { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' },
      403,
      'foreign-origin',
    ],
    ['a page of another port that may not', { origin: 'http://127.0.0.1:3001' }, 403, 'foreign-origin'],
    ['a sandboxed page', { origin: 'null' }, 403, 'foreign-origin'],
    ['an image on another site', { 'sec-fetch-site': 'cross-site' }, 403, 'foreign-origin'],
    ['a page on a sibling port without CORS', { 'sec-fetch-site': 'same-site' }, 403, 'foreign-origin'],
    ['a rebound name', { host: 'evil.example' }, 421, 'foreign-host'],
  ])('not %s', async (_who, headers, status, code) => {
    const path = rig.path({ headers: FRESH })
    await rig.ask(path)
    const answer = await rig.ask(path, { headers })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toMatchObject({ code })
    expect(answer.header('access-control-allow-origin')).toBe('')
    expect(rig.got(path)).toHaveLength(1)
  })
})
