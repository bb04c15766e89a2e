import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig, seconds } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

/** What a request with this Cache-Control gets of an answer that is so old and was fresh for 10 s. */
async function aged(ageS: number, asked: string, answered = 'max-age=10', more: Record<string, string> = {}) {
  const path = rig.path({ headers: { 'cache-control': answered, etag: '"a"' } })
  await rig.ask(path)
  rig.clock.advance(seconds(ageS))
  const answer = await rig.ask(path, { headers: { ...(asked && { 'cache-control': asked }), ...more } })
  return { ...answer, calls: rig.got(path).length, got: rig.got(path) }
}

describe('RFC 9111, 5.2.1: request directives', () => {
  it.each([
    ['5.2.1.1: max-age takes what is no older', 5, 'max-age=5', 'hit'],
    ['5.2.1.1: max-age refuses what is older', 5, 'max-age=4', 'miss'],
    ['5.2.1.1: max-age=0 asks for what was made just now', 0, 'max-age=0', 'miss'],
    ['5.2.1.1: a max-age that is no number is as 0', 1, 'max-age=soon', 'miss'],
    ['5.2.1.2: max-stale without a number takes what is stale', 60, 'max-stale', 'stale'],
    ['5.2.1.2: max-stale takes what is stale by no more', 15, 'max-stale=5', 'stale'],
    ['5.2.1.2: max-stale refuses what is stale by more', 16, 'max-stale=5', 'miss'],
    ['5.2.1.2: max-stale that is no number takes nothing stale', 11, 'max-stale=x', 'miss'],
    ['5.2.1.2: max-stale makes no difference to what is fresh', 5, 'max-stale=5', 'hit'],
    ['5.2.1.3: min-fresh takes what stays fresh long enough', 5, 'min-fresh=5', 'hit'],
    ['5.2.1.3: min-fresh refuses what does not', 5, 'min-fresh=6', 'miss'],
    ['5.2.1.4: no-cache is not answered without asking the origin', 5, 'no-cache', 'miss'],
    ['no Cache-Control takes what is fresh', 5, '', 'hit'],
  ])('%s', async (_title, age, asked, outcome) => {
    expect((await aged(age, asked)).outcome).toBe(outcome)
  })

  it('5.4: Pragma: no-cache alone no longer means anything', async () => {
    expect((await aged(5, '', 'max-age=10', { pragma: 'no-cache' })).outcome).toBe('hit')
  })

  it.each(['no-cache', 'max-age=0', 'min-fresh=60'])(
    '%s is passed on, and asks whether what is stored still holds',
    async (asked) => {
      const { got, header } = await aged(5, asked)
      expect(got[1]?.headers).toMatchObject({ 'cache-control': asked, 'if-none-match': '"a"' })
      expect(header('cache-status')).toMatch(/^edge; fwd=request;/)
    },
  )

  it.each(['must-revalidate', 'proxy-revalidate', 's-maxage=10', 'no-cache'])(
    '4.2.4: max-stale takes nothing that %s forbids to serve stale',
    async (forbids) => {
      expect((await aged(60, 'max-stale', `max-age=10, ${forbids}`)).calls).toBe(2)
    },
  )
})

describe('RFC 9111, 5.2.1.7: only-if-cached', () => {
  it('what is stored and fresh answers', async () => {
    expect(await aged(5, 'only-if-cached')).toMatchObject({ status: 200, outcome: 'hit', calls: 1 })
  })

  it('what is stale does not: 504', async () => {
    const answer = await aged(11, 'only-if-cached')
    expect(answer).toMatchObject({ status: 504, calls: 1 })
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'edge-only-if-cached', status: 504 })
    expect(answer.header('content-type')).toBe('application/problem+json')
  })

  it('what is stale does where max-stale allows it', async () => {
    expect(await aged(11, 'only-if-cached, max-stale')).toMatchObject({ status: 200, outcome: 'stale', calls: 1 })
  })

  it('nothing stored: 504, and the origin is not asked', async () => {
    const path = rig.path({})
    const answer = await rig.ask(path, { headers: { 'cache-control': 'only-if-cached' } })
    expect([answer.status, rig.got(path).length]).toEqual([504, 0])
  })
})

describe('RFC 9111, 5.2.2: response directives on reuse', () => {
  it.each([
    ['5.2.2.4: no-cache is never given without asking the origin', 'no-cache, max-age=10', 1, 2],
    ['5.2.2.4: no-cache counts with s-maxage beside it', 'no-cache, s-maxage=10', 1, 2],
    ['5.2.2.2: must-revalidate is given while it is fresh', 'must-revalidate, max-age=10', 9, 1],
    ['5.2.2.2: must-revalidate is asked about once it is stale', 'must-revalidate, max-age=10', 10, 2],
    ['5.2.2.8: proxy-revalidate is given while it is fresh', 'proxy-revalidate, max-age=10', 9, 1],
    ['5.2.2.8: proxy-revalidate is asked about once it is stale', 'proxy-revalidate, max-age=10', 10, 2],
    ['immutable means nothing to freshness', 'immutable, max-age=10', 10, 2],
  ])('%s', async (_title, answered, age, calls) => {
    expect((await aged(age, '', answered)).calls).toBe(calls)
  })
})

describe('RFC 9111, 4.2.4 and 5.2.2.2: an origin that is away', () => {
  it.each(['max-age=1', 'max-age=1, must-revalidate', 's-maxage=1', 'no-cache'])(
    'with %s, an error is given and not what is stale',
    async (answered) => {
      const path = rig.serve((incoming, outgoing, nth) => {
        if (nth === 1) outgoing.writeHead(200, { 'cache-control': answered, etag: '"a"' }).end('old')
        else incoming.socket.destroy()
      })
      await rig.ask(path)
      rig.clock.advance(seconds(5))
      const answer = await rig.ask(path)
      expect(answer.status).toBe(502)
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'edge-origin-unavailable' })
    },
  )
})
