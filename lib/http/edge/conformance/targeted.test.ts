import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig, seconds } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

/** How often the origin is called by two requests 5 s apart. */
async function calls(cdn: string | string[], cacheControl: string, more: Record<string, string> = {}): Promise<number> {
  const path = rig.path({ headers: { 'cdn-cache-control': cdn, 'cache-control': cacheControl, etag: '"a"', ...more } })
  await rig.ask(path)
  rig.clock.advance(seconds(5))
  await rig.ask(path)
  return rig.got(path).length
}
const STORED = 1
const ASKED_AGAIN = 2

describe('RFC 9213, 2.1 and 2.2: CDN-Cache-Control', () => {
  it.each<[string, string | string[], string, number]>([
    ['takes the place of Cache-Control that is shorter', 'max-age=10', 'max-age=1', STORED],
    ['takes the place of Cache-Control that is longer', 'max-age=1', 'max-age=10', ASKED_AGAIN],
    ['takes the place of no-store', 'max-age=10', 'no-store', STORED],
    ['takes the place of private', 'max-age=10', 'private', STORED],
    ['can forbid what Cache-Control allows', 'no-store', 'max-age=10', ASKED_AGAIN],
    ['private forbids as well', 'private, max-age=10', 'max-age=10', ASKED_AGAIN],
    ['no-cache asks every time', 'no-cache, max-age=10', 'max-age=10', ASKED_AGAIN],
    ['takes the place of s-maxage', 'max-age=10', 's-maxage=1', STORED],
    ['empty but for spaces, it is ignored', '  ', 'max-age=10', STORED],
    ['a syntax error has it ignored as a whole: capitals', 'Max-Age=1', 'max-age=10', STORED],
    ['a syntax error has it ignored as a whole: a trailing comma', 'max-age=1,', 'max-age=10', STORED],
    ['a syntax error has it ignored as a whole: two commas', 'max-age=1,, no-store', 'max-age=10', STORED],
    ['a syntax error has it ignored as a whole: no argument after =', 'max-age=', 'max-age=10', STORED],
    ['a syntax error has it ignored as a whole: an unclosed string', 'a="x, no-store', 'max-age=10', STORED],
    ['a syntax error has it ignored as a whole: no comma', 'no-store max-age=1', 'max-age=10', STORED],
    ['a syntax error has it ignored as a whole: a number too long', 'max-age=1234567890123456', 'max-age=10', STORED],
    ['parameters are ignored', 'max-age=10;a=1;b="x";c', 'no-store', STORED],
    ['unknown directives are ignored', 'foo, bar=(1 2), baz=:YQ==:, max-age=10', 'no-store', STORED],
    ['the last of a key given twice counts', 'max-age=1, max-age=10', 'no-store', STORED],
    ['a false directive is absent', 'no-store=?0, max-age=10', 'no-store', STORED],
    ['seconds that are a string are no seconds', 'max-age="10"', 'max-age=10', ASKED_AGAIN],
    ['seconds that are a decimal are no seconds', 'max-age=10.0', 'max-age=10', ASKED_AGAIN],
    ['negative seconds are none', 'max-age=-10', 'max-age=10', ASKED_AGAIN],
    ['its field lines are one dictionary', ['max-age=1', 'max-age=10'], 'no-store', STORED],
  ])('%s', async (_title, cdn, cacheControl, expected) => {
    expect(await calls(cdn, cacheControl)).toBe(expected)
  })

  it('takes the place of Expires', async () => {
    expect(await calls('max-age=10', 'max-age=1', { expires: '0' })).toBe(STORED)
    expect(await calls('public', 'max-age=100', { expires: 'Thu, 01 Jan 2099 00:00:00 GMT' })).toBe(ASKED_AGAIN)
  })

  it('is passed on, with Cache-Control, from the origin and from the store', async () => {
    const path = rig.path({ headers: { 'cdn-cache-control': 'max-age=10', 'cache-control': 'no-store' } })
    for (const answer of [await rig.ask(path), await rig.ask(path)]) {
      expect([answer.header('cdn-cache-control'), answer.header('cache-control')]).toEqual(['max-age=10', 'no-store'])
    }
  })

  it('names fields that are for one client in a string', async () => {
    const path = rig.path({ headers: { 'cdn-cache-control': 'private="X-Own", max-age=10', 'x-own': '1' } })
    expect((await rig.ask(path)).header('x-own')).toBe('1')
    const second = await rig.ask(path)
    expect([second.outcome, second.header('x-own')]).toEqual(['hit', ''])
  })

  it('may allow stale-while-revalidate where Cache-Control rules it out', async () => {
    const path = rig.path({
      headers: {
        'cdn-cache-control': 'max-age=1, stale-while-revalidate=60',
        'cache-control': 's-maxage=1, must-revalidate',
      },
    })
    await rig.ask(path)
    rig.clock.advance(seconds(5))
    expect((await rig.ask(path)).outcome).toBe('stale')
  })
})
