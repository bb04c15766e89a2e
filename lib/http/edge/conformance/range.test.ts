import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig, seconds } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const BODY = '0123456789'
const MODIFIED = 'Wed, 31 Dec 2025 00:00:00 GMT'
const stored = { headers: { 'cache-control': 'max-age=10', etag: '"a"', 'last-modified': MODIFIED }, body: BODY }

async function part(headers: Record<string, string>, answer = stored, method = 'GET') {
  const path = rig.path(answer)
  await rig.ask(path)
  const told = await rig.ask(path, { headers, method })
  expect(rig.got(path)).toHaveLength(1)
  return told
}

describe('RFC 9110, 14.2: ranges of a complete stored answer', () => {
  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-4', '4', 'bytes 4-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', BODY, 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['BYTES=0-0', '0', 'bytes 0-0/10'],
  ])('%s', async (range, text, contentRange) => {
    const answer = await part({ range })
    expect([answer.status, answer.text, answer.header('content-range')]).toEqual([206, text, contentRange])
    expect(answer.header('content-length')).toBe(String(text.length))
    expect([answer.header('etag'), answer.header('cache-control')]).toEqual(['"a"', 'max-age=10'])
  })

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s: 416 with the length', async (range) => {
    const answer = await part({ range })
    expect([answer.status, answer.text, answer.header('content-range')]).toEqual([416, '', 'bytes */10'])
  })

  it.each(['bytes=3-1', 'bytes=a-b', 'bytes=-', 'lines=0-1', 'bytes', 'bytes=0-1,3-4'])(
    '%s: the whole',
    async (range) => {
      expect(await part({ range })).toMatchObject({ status: 200, text: BODY })
    },
  )

  it('of HEAD: Range is nothing to it', async () => {
    expect((await part({ range: 'bytes=0-3' }, stored, 'HEAD')).status).toBe(200)
  })

  it('of an answer that is no 200: the whole', async () => {
    const path = rig.path({ ...stored, status: 404 })
    await rig.ask(path)
    expect((await rig.ask(path, { headers: { range: 'bytes=0-3' } })).status).toBe(404)
  })

  it('13.2.2: If-None-Match goes before it', async () => {
    expect((await part({ range: 'bytes=0-3', 'if-none-match': '"a"' })).status).toBe(304)
  })

  it.each([
    ['the strong ETag', '"a"', 206],
    ['another ETag', '"b"', 200],
    ['a weak one never', 'W/"a"', 200],
    ['the date', MODIFIED, 206],
    ['another date, though it is later', 'Wed, 31 Dec 2025 00:00:01 GMT', 200],
    ['neither', 'a', 200],
  ])('13.1.5: If-Range with %s', async (_what, ifRange, status) => {
    expect((await part({ range: 'bytes=0-3', 'if-range': ifRange })).status).toBe(status)
  })

  it('13.1.5: a weak stored ETag does not hold', async () => {
    const weak = { ...stored, headers: { ...stored.headers, etag: 'W/"a"' } }
    expect((await part({ range: 'bytes=0-3', 'if-range': 'W/"a"' }, weak)).status).toBe(200)
  })

  it('8.8.2.2: a date that is not older than the answer is weak, and does not hold', async () => {
    const path = rig.path(() => ({ ...stored, headers: { ...stored.headers, date: MODIFIED } }))
    await rig.ask(path)
    const answer = await rig.ask(path, { headers: { range: 'bytes=0-3', 'if-range': MODIFIED } })
    expect(answer.status).toBe(200)
  })
})

describe('RFC 9111, 3.3: incomplete responses', () => {
  it('with nothing stored the range goes to the origin, and its 206 comes back and is not stored', async () => {
    const path = rig.path(({ headers }) =>
      headers.range === undefined
        ? stored
        : { status: 206, headers: { ...stored.headers, 'content-range': 'bytes 0-3/10' }, body: '0123' },
    )
    const first = await rig.ask(path, { headers: { range: 'bytes=0-3' } })
    expect([first.status, first.text, first.outcome]).toEqual([206, '0123', 'miss'])
    expect(await rig.ask(path)).toMatchObject({ status: 200, text: BODY, outcome: 'miss' })
  })

  it('a range of what is stale is answered from it once the origin confirmed it', async () => {
    const path = rig.path((_got, nth) => (nth === 1 ? stored : { status: 304, headers: { etag: '"a"' } }))
    await rig.ask(path)
    rig.clock.advance(seconds(20))
    expect(await rig.ask(path, { headers: { range: 'bytes=0-3' } })).toMatchObject({ status: 206, text: '0123' })
  })
})
