import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig, seconds } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

type Fields = Record<string, string | string[]>
/** How often the origin is called by two requests with these fields, of an answer with this Vary. */
async function calls(vary: string | string[], first: Fields, second: Fields): Promise<number> {
  const path = rig.path({ headers: { 'cache-control': 'max-age=60', vary } })
  await rig.ask(path, { headers: first })
  await rig.ask(path, { headers: second })
  return rig.got(path).length
}

describe('RFC 9111, 4.1: calculating cache keys with Vary', () => {
  it.each<[string, string | string[], Fields, Fields, number]>([
    ['the same value is the same answer', 'X-A', { 'x-a': '1' }, { 'x-a': '1' }, 1],
    ['another value is another answer', 'X-A', { 'x-a': '1' }, { 'x-a': '2' }, 2],
    ['a field that is absent differs from one that is there', 'X-A', {}, { 'x-a': '1' }, 2],
    ['a field that is there differs from one that is absent', 'X-A', { 'x-a': '1' }, {}, 2],
    ['a field that is absent both times matches', 'X-A', {}, {}, 1],
    ['an empty field differs from one that is absent', 'X-A', { 'x-a': '' }, {}, 2],
    ['fields that Vary does not name make no difference', 'X-A', { 'x-b': '1' }, { 'x-b': '2' }, 1],
    ['all fields named have to match', 'X-A, X-B', { 'x-a': '1', 'x-b': '1' }, { 'x-a': '1', 'x-b': '2' }, 2],
    ['all field lines of Vary count', ['X-A', 'X-B'], { 'x-a': '1', 'x-b': '1' }, { 'x-a': '1', 'x-b': '2' }, 2],
    ['names are not case-sensitive', 'x-a', { 'X-A': '1' }, { 'x-A': '1' }, 1],
    ['whitespace in a list means nothing', 'X-A', { 'x-a': '1,2' }, { 'x-a': '1 ,  2' }, 1],
    ['lines of a list may be joined', 'X-A', { 'x-a': ['1', '2'] }, { 'x-a': '1, 2' }, 1],
    ['whitespace in a quotation means something', 'X-A', { 'x-a': '"1,2"' }, { 'x-a': '"1, 2"' }, 2],
    ...['Accept-Language', 'Accept-Encoding', 'Accept-Charset'].flatMap<[string, string, Fields, Fields, number]>(
      (name) => [
        [`names in ${name} are not case-sensitive`, name, { [name]: 'en-gb, ko' }, { [name]: 'EN-GB, Ko' }, 1],
        [`space around a weight in ${name} means nothing`, name, { [name]: 'a;q=0.5' }, { [name]: 'a ; Q=0.5' }, 1],
        [`the order of ${name} may mean something`, name, { [name]: 'en, de' }, { [name]: 'de, en' }, 2],
      ],
    ),
    ['the order of a list may mean something', 'X-A', { 'x-a': '1, 2' }, { 'x-a': '2, 1' }, 2],
    ['values are case-sensitive', 'X-A', { 'x-a': 'a' }, { 'x-a': 'A' }, 2],
    ['* never matches', '*', { 'x-a': '1' }, { 'x-a': '1' }, 2],
    ['what is no name never matches', 'X-A; X-B', { 'x-a': '1' }, { 'x-a': '1' }, 2],
    ['* among others never matches', 'X-A, *', { 'x-a': '1' }, { 'x-a': '1' }, 2],
    ['Via counts as it came', 'Via', { via: '1.1 a' }, { via: '1.1 b' }, 2],
    [
      'a second line counts where Node shows the first alone',
      'User-Agent',
      { 'user-agent': ['a', 'b'] },
      { 'user-agent': ['a', 'c'] },
      2,
    ],
    [
      'a field that Connection takes away is as absent',
      'X-A',
      { 'x-a': '1', connection: 'x-a' },
      { 'x-a': '2', connection: 'x-a' },
      1,
    ],
  ])('%s', async (_title, vary, first, second, expected) => {
    expect(await calls(vary, first, second)).toBe(expected)
  })

  it('keeps one answer a variant, and finds each', async () => {
    const path = rig.path((got) => ({
      headers: { 'cache-control': 'max-age=60', vary: 'Accept-Language' },
      body: String(got.headers['accept-language']),
    }))
    for (const language of ['en', 'ko', 'en', 'ko', 'en']) {
      expect((await rig.ask(path, { headers: { 'accept-language': language } })).text).toBe(language)
    }
    expect(rig.got(path)).toHaveLength(2)
    const { entries } = rig.edge.entries(10, (key) => key === path)
    expect(entries.map(({ vary }) => vary?.['accept-language']).sort()).toEqual(['en', 'ko'])
  })

  it('judges each stored answer by its own Vary', async () => {
    const path = rig.path((_got, nth) => ({
      headers: { 'cache-control': 'max-age=60', vary: nth === 1 ? 'X-A' : 'X-B' },
    }))
    await rig.ask(path, { headers: { 'x-a': '1', 'x-b': '1' } })
    await rig.ask(path, { headers: { 'x-a': '2', 'x-b': '2' } })
    expect((await rig.ask(path, { headers: { 'x-a': '1', 'x-b': '9' } })).text).toBe('answer 1')
    expect((await rig.ask(path, { headers: { 'x-a': '9', 'x-b': '2' } })).text).toBe('answer 2')
  })

  it('of several that match, the most recent is given', async () => {
    const path = rig.path((_got, nth) => ({
      headers: { 'cache-control': 'max-age=60', ...(nth === 1 && { vary: 'X-A' }) },
    }))
    await rig.ask(path, { headers: { 'x-a': '1' } })
    rig.clock.advance(seconds(1))
    await rig.ask(path, { headers: { 'x-a': '2' } })
    expect((await rig.ask(path, { headers: { 'x-a': '1' } })).text).toBe('answer 2')
  })

  it('RFC 9211, 2.2: another variant is a vary-miss', async () => {
    const path = rig.path({ headers: { 'cache-control': 'max-age=60', vary: 'X-A' } })
    await rig.ask(path, { headers: { 'x-a': '1' } })
    const answer = await rig.ask(path, { headers: { 'x-a': '2' } })
    expect(answer.header('cache-status')).toMatch(/^edge; fwd=vary-miss;/)
  })
})

describe('an edge that is careless', () => {
  it('ignores Vary: one client’s variant answers all', async () => {
    const careless = await openRig({ careless: { ignoreVary: true } })
    const path = careless.path((got) => ({
      headers: { 'cache-control': 'max-age=60', vary: 'Accept-Language, *' },
      body: String(got.headers['accept-language']),
    }))
    await careless.ask(path, { headers: { 'accept-language': 'ko' } })
    expect((await careless.ask(path, { headers: { 'accept-language': 'en' } })).text).toBe('ko')
    await careless.close()
  })

  it('stores Set-Cookie: one client’s session is given to all', async () => {
    const careless = await openRig({ careless: { storeSetCookie: true } })
    const path = careless.path({ headers: { 'cache-control': 'max-age=60', 'set-cookie': 'id=1' } })
    await careless.ask(path)
    const second = await careless.ask(path)
    expect([second.outcome, second.header('set-cookie')]).toEqual(['hit', 'id=1'])
    await careless.close()
  })
})
