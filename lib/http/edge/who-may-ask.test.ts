import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig } from './conformance/rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const FRESH = { 'cache-control': 'max-age=60' }

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
  })

  it.each<[string, Record<string, string>, number, string]>([
    [
      'a page of another site',
      { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' },
      403,
      'foreign-origin',
    ],
    ['a page of another port', { origin: 'http://127.0.0.1:3001' }, 403, 'foreign-origin'],
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
    expect(rig.got(path)).toHaveLength(1)
  })
})
