import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDate } from '../http-date'
import { openRig, type Rig, seconds } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

type Fields = Record<string, string | string[]>
/** A date some seconds from now. */
const at = (s: number) => writeDate(rig.clock.now() + seconds(s))

/** What a second request gets, some seconds after the first, of an origin that answers with these fields. */
async function again(headers: Fields | (() => Fields), afterS: number, status = 200) {
  const path = rig.path(() => ({ status, headers: typeof headers === 'function' ? headers() : headers }))
  await rig.ask(path)
  rig.clock.advance(seconds(afterS))
  const answer = await rig.ask(path)
  return { ...answer, calls: rig.got(path).length }
}

const FRESH = 1
const ASKED_AGAIN = 2

describe('RFC 9111, 4.2.1: calculating freshness lifetime', () => {
  it.each<[string, Fields, number, number]>([
    ['max-age is fresh until it has passed', { 'cache-control': 'max-age=10' }, 9, FRESH],
    ['max-age is stale once it has passed', { 'cache-control': 'max-age=10' }, 10, ASKED_AGAIN],
    ['s-maxage wins over a shorter max-age', { 'cache-control': 'max-age=1, s-maxage=10' }, 5, FRESH],
    ['s-maxage wins over a longer max-age', { 'cache-control': 's-maxage=1, max-age=10' }, 5, ASKED_AGAIN],
    ['s-maxage=0 wins over max-age', { 'cache-control': 's-maxage=0, max-age=10', etag: '"a"' }, 1, ASKED_AGAIN],
    ['directives are found on any field line', { 'cache-control': ['public', 'max-age=10'] }, 5, FRESH],
    ['names are not case-sensitive', { 'cache-control': 'MaX-aGe=10' }, 5, FRESH],
    [
      'unknown directives are ignored (5.2.3)',
      { 'cache-control': 'foo, bar="max-age=0, no-store", max-age=10' },
      5,
      FRESH,
    ],
    ['a quoted argument is understood', { 'cache-control': 'max-age="10"' }, 5, FRESH],
    ['the same directive twice with one value counts', { 'cache-control': 'max-age=10, max-age=10' }, 5, FRESH],
    ['a directive twice with two values is stale', { 'cache-control': 'max-age=10, max-age=20' }, 5, ASKED_AGAIN],
    ['an argument that is no integer is stale', { 'cache-control': 'max-age=10.5' }, 5, ASKED_AGAIN],
    ['a negative argument is stale', { 'cache-control': 'max-age=-10' }, 5, ASKED_AGAIN],
    ['an argument with letters is stale', { 'cache-control': 'max-age=10s' }, 5, ASKED_AGAIN],
    ['a missing argument is stale', { 'cache-control': 'max-age' }, 5, ASKED_AGAIN],
    ['whitespace after = is stale', { 'cache-control': 'max-age= 10' }, 5, ASKED_AGAIN],
    ['whitespace before = is stale', { 'cache-control': 'max-age =10' }, 5, ASKED_AGAIN],
    [
      'an invalid s-maxage does not fall back to max-age',
      { 'cache-control': 's-maxage=x, max-age=10' },
      5,
      ASKED_AGAIN,
    ],
    ['junk does not hide what follows it', { 'cache-control': '=x, ,,;, no-store, max-age=10' }, 5, ASKED_AGAIN],
    [
      'an unclosed quotation does not hide what follows it',
      { 'cache-control': 'a="x, no-store, max-age=10' },
      5,
      ASKED_AGAIN,
    ],
  ])('%s', async (_title, headers, afterS, calls) => {
    expect((await again(headers, afterS)).calls).toBe(calls)
  })

  it('1.2.2: a number too large to count is as long as can be', async () => {
    expect((await again({ 'cache-control': 'max-age=99999999999999999999' }, 1_000_000)).calls).toBe(FRESH)
  })

  it.each<[string, () => Fields, number, number]>([
    ['Expires is fresh until then', () => ({ expires: at(10) }), 9, FRESH],
    ['Expires is stale from then', () => ({ expires: at(10) }), 10, ASKED_AGAIN],
    ['Expires counts from Date', () => ({ date: at(-20), expires: at(10) }), 9, FRESH],
    ['Expires in the past is stale', () => ({ expires: at(-10) }), 0, ASKED_AGAIN],
    ['5.3: Expires: 0 is stale', () => ({ expires: '0' }), 0, ASKED_AGAIN],
    [
      '5.3: Expires that is no date is stale, whatever a heuristic says',
      () => ({ expires: 'soon', 'last-modified': at(-1e6) }),
      1,
      ASKED_AGAIN,
    ],
    ['5.3: max-age wins over Expires', () => ({ expires: at(-10), 'cache-control': 'max-age=10' }), 5, FRESH],
    ['5.3: s-maxage wins over Expires', () => ({ expires: at(100), 'cache-control': 's-maxage=10' }), 50, ASKED_AGAIN],
    ['two Expires that differ are stale', () => ({ expires: [at(10), at(20)] }), 5, ASKED_AGAIN],
    ['Expires without Date counts from its receipt', () => ({ date: '', expires: at(10) }), 9, FRESH],
    ['Date that is no date is that of its receipt', () => ({ date: 'noon', expires: at(10) }), 9, FRESH],
  ])('%s', async (_title, headers, afterS, calls) => {
    expect((await again(headers, afterS)).calls).toBe(calls)
  })

  it.each([
    ['IMF-fixdate', 'Thu, 01 Jan 2026 13:00:00 GMT', FRESH],
    ['RFC 850', 'Thursday, 01-Jan-26 13:00:00 GMT', FRESH],
    ['asctime', 'Thu Jan  1 13:00:00 2026', FRESH],
    ['IMF-fixdate in other capitals (RFC 9111, 4.2)', 'THU, 01 jAN 2026 13:00:00 gmt', FRESH],
    ['RFC 850 in other capitals (RFC 9111, 4.2)', 'thursday, 01-JAN-26 13:00:00 GMT', FRESH],
    ['asctime in other capitals (RFC 9111, 4.2)', 'THU JAN  1 13:00:00 2026', FRESH],
    ['two spaces, which is none', 'Thu, 01  Jan 2026 13:00:00 GMT', ASKED_AGAIN],
    ['no comma, which is none', 'Thu 01 Jan 2026 13:00:00 GMT', ASKED_AGAIN],
    ['another time zone, which is none', 'Thu, 01 Jan 2026 13:00:00 CET', ASKED_AGAIN],
    ['IMF-fixdate, of a day that no month has', 'Sun, 31 Feb 2027 13:00:00 GMT', ASKED_AGAIN],
    ['IMF-fixdate, of an hour that no day has', 'Thu, 01 Jan 2026 25:00:00 GMT', ASKED_AGAIN],
    ['ISO 8601, which is none', '2026-01-01T13:00:00Z', ASKED_AGAIN],
  ])('RFC 9110, 5.6.7: a date in the form %s', async (_form, expires, calls) => {
    const own = await openRig()
    const path = own.path({ headers: { expires } })
    await own.ask(path)
    own.clock.advance(seconds(60))
    await own.ask(path)
    expect(own.got(path)).toHaveLength(calls)
    await own.close()
  })
})

describe('RFC 9111, 4.2.2: calculating heuristic freshness', () => {
  const modified = () => ({ 'last-modified': at(-1000) })
  it.each<[string, () => Fields, number, number, number]>([
    ['a tenth of the time since it was modified is fresh', modified, 200, 99, FRESH],
    ['more than a tenth is stale', modified, 200, 100, ASKED_AGAIN],
    ['no Last-Modified, no heuristic', () => ({ etag: '"a"' }), 200, 1, ASKED_AGAIN],
    [
      'not where the lifetime is explicit',
      () => ({ ...modified(), 'cache-control': 'max-age=1' }),
      200,
      5,
      ASKED_AGAIN,
    ],
    ['not for a status that is not cacheable by default', modified, 201, 1, ASKED_AGAIN],
    ['for such a status where it is public', () => ({ ...modified(), 'cache-control': 'public' }), 201, 50, FRESH],
    ['at most a day', () => ({ 'last-modified': 'Mon, 01 Jan 1990 00:00:00 GMT' }), 200, 24 * 3600, ASKED_AGAIN],
    [
      'Last-Modified that lies ahead of Date counts for nothing',
      () => ({ 'last-modified': at(1000) }),
      200,
      1,
      ASKED_AGAIN,
    ],
  ])('%s', async (_title, headers, status, afterS, calls) => {
    expect((await again(headers, afterS, status)).calls).toBe(calls)
  })

  it.each<[string, Fields]>([
    ['Cache-Control', { 'cache-control': 'public; foo' }],
    ['Cache-Control in which one member does', { 'cache-control': 'foo bar, public' }],
    ['CDN-Cache-Control', { 'cdn-cache-control': 'foo, bar;;' }],
    ['Cache-Control in a quotation that never ends', { 'cache-control': 'foo="bar' }],
  ])('nothing is guessed beside a %s that does not parse', async (_what, headers) => {
    expect((await again(() => ({ ...modified(), ...headers }), 50)).calls).toBe(ASKED_AGAIN)
  })

  it.each(['', 'foo', 'foo=bar, baz="a, b; c"', ','])('beside %j, which parses, it is', async (value) => {
    expect((await again(() => ({ ...modified(), 'cache-control': value }), 50)).calls).toBe(FRESH)
  })

  it.each([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501])('%i may be kept by a heuristic', async (status) => {
    expect((await again(modified, 50, status)).calls).toBe(FRESH)
  })

  it.each([201, 302, 303, 307, 400, 403, 500, 503])('%i may not', async (status) => {
    expect((await again(modified, 50, status)).calls).toBe(ASKED_AGAIN)
  })
})

describe('RFC 9111, 4.2.3: calculating age', () => {
  it.each<[string, Fields, number, number, number]>([
    ['the time in the cache counts', {}, 5, 5, FRESH],
    ['Age on receipt counts too', { age: '4' }, 5, 9, FRESH],
    ['Age on receipt uses the lifetime up', { age: '6' }, 5, -1, ASKED_AGAIN],
    ['5.1: the first of several values counts', { age: '2, 100' }, 5, 7, FRESH],
    ['5.1: the first of several field lines counts', { age: ['2', '100'] }, 5, 7, FRESH],
    ['5.1: Age that is no number is ignored', { age: 'old' }, 5, 5, FRESH],
    ['5.1: a negative Age is ignored', { age: '-5' }, 5, 5, FRESH],
    ['1.2.2: an Age too large to count is as old as can be', { age: '99999999999999' }, 0, -1, ASKED_AGAIN],
  ])('%s', async (_title, headers, afterS, age, calls) => {
    const second = await again({ 'cache-control': 'max-age=10', ...headers }, afterS)
    expect(second.calls).toBe(calls)
    if (age >= 0) expect(second.header('age')).toBe(String(age))
  })

  it('the apparent age, by Date, counts', async () => {
    const second = await again(() => ({ date: at(-7), 'cache-control': 'max-age=10' }), 1)
    expect([second.calls, second.header('age')]).toEqual([FRESH, '8'])
  })

  it('of apparent age and Age, the larger counts', async () => {
    const second = await again(() => ({ date: at(-7), age: '3', 'cache-control': 'max-age=10' }), 1)
    expect(second.header('age')).toBe('8')
  })

  it('the time that the answer took is added to Age', async () => {
    const path = rig.path(() => {
      rig.clock.advance(seconds(3))
      return { headers: { age: '2', 'cache-control': 'max-age=10' } }
    })
    await rig.ask(path)
    expect((await rig.ask(path)).header('age')).toBe('5')
  })

  it('5.1: a stored answer comes with Age, one from the origin without', async () => {
    const path = rig.path({ headers: { 'cache-control': 'max-age=10' } })
    expect((await rig.ask(path)).header('age')).toBe('')
    expect((await rig.ask(path)).header('age')).toBe('0')
  })

  it('RFC 9110, 6.6.1: Date is added where it is missing, and stays', async () => {
    const path = rig.path({ headers: { date: '', 'cache-control': 'max-age=10' } })
    const received = at(0)
    expect((await rig.ask(path)).header('date')).toBe(received)
    rig.clock.advance(seconds(5))
    expect((await rig.ask(path)).header('date')).toBe(received)
  })
})

describe('RFC 9111, 4.2.3: calculating age, on a machine whose time of day is set', () => {
  it.each([
    ['set back an hour', -3_600, 11],
    ['set forward past the lifetime, as after a sleep', 11, 0],
  ])('a response is stale once its lifetime has passed by either clock: %s', async (_what, setS, afterS) => {
    const path = rig.path(() => ({ headers: { 'cache-control': 'max-age=10' } }))
    await rig.ask(path)
    rig.clock.set(seconds(setS))
    expect(rig.got(path)).toHaveLength(1)
    rig.clock.advance(seconds(afterS))
    await rig.ask(path)
    expect(rig.got(path)).toHaveLength(2)
  })

  it('a response is still fresh before that, though the time of day was set back', async () => {
    const path = rig.path(() => ({ headers: { 'cache-control': 'max-age=10' } }))
    await rig.ask(path)
    rig.clock.set(seconds(-3_600))
    rig.clock.advance(seconds(9))
    expect((await rig.ask(path)).header('age')).toBe('9')
    expect(rig.got(path)).toHaveLength(1)
  })
})
