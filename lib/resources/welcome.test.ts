import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import { Problem } from '../http/problem'
import { planRun } from '../runs/config'
import { type TestContext, testContext } from '../testing/context'
import { languageOf } from './welcome'

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

interface Welcome {
  language: string
  greeting: string
  link: string
  visitor?: string
}
const send = async (query = '', headers: Record<string, string> = {}) => {
  const url = `http://127.0.0.1:3000/api/welcome?lab=welcome${query}`
  const response = await handle(new Request(url, { headers: { host: '127.0.0.1:3000', ...headers } }), test.context)
  return { response, status: response.headers.get('cache-status'), body: (await response.json()) as Welcome }
}

describe('languageOf', () => {
  it.each([
    ['en', 'en'],
    ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
    ['fr, de;q=0.5', 'de'],
    ['en;q=0.2, de;q=0.7, ko;q=0.5', 'de'],
    ['de;q=0, ko;q=0.1', 'ko'],
    ['DE-at', 'de'],
    ['fr', 'en'],
    ['*', 'en'],
    ['constructor', 'en'],
    ['', 'en'],
  ])('%j is answered in %s', (accepted, language) => expect(languageOf(accepted)).toBe(language))
})

describe('GET /api/welcome', () => {
  it.each([
    ['en', /^Welcome! [\d,]{2,} tasks are done\.$/],
    ['ko', /^환영합니다! 완료된 작업: [\d,]{2,}\.$/],
    ['de', /^Willkommen! [\d,]{2,} Aufgaben sind erledigt\.$/],
  ])('greets in %s, and says what the answer depends on', async (language, greeting) => {
    const { response, body } = await send('', { 'accept-language': language })
    expect(body.language).toBe(language)
    expect(body.greeting).toMatch(greeting)
    expect(response.headers.get('vary')).toBe('Accept-Language, X-Forwarded-Host')
    expect(response.headers.get('server-timing')).toMatch(/origin;dur=[\d.]+;desc="1 query"/)
    expect(response.headers.has('set-cookie')).toBe(false)
  })

  it('believes the host that a proxy names, and takes nonsense for none', async () => {
    expect((await send()).body.link).toBe('/lessons')
    expect((await send('', { 'x-forwarded-host': 'Evil.example:8080' })).body.link).toBe(
      'http://evil.example:8080/lessons',
    )
    expect((await send('', { 'x-forwarded-host': '"><script>' })).body.link).toBe('/lessons')
  })

  it('takes the host that it was asked for itself, as Next fills in, for none', async () => {
    expect((await send('', { 'x-forwarded-host': '127.0.0.1:3000' })).body.link).toBe('/lessons')
  })

  it('keeps apart in a tier what differs by a header, and no more', async () => {
    const ask = (headers: Record<string, string>) => send('&cache=memory', headers)
    await ask({ 'accept-language': 'ko' })
    expect((await ask({ 'accept-language': 'ko-KR, en;q=0.3' })).status).toContain('hit')
    expect((await ask({ 'accept-language': 'de' })).status).toContain('fwd=miss')
    expect((await ask({ 'accept-language': 'ko', 'x-forwarded-host': 'evil.example' })).status).toContain('fwd=miss')
    expect((await ask({ 'accept-language': 'ko' })).body).toMatchObject({ language: 'ko', link: '/lessons' })
  })

  it('names a visitor in body and cookie, anew each time that the origin is asked', async () => {
    const first = await send('&cookie=set&cache=s-maxage')
    const second = await send('&cookie=set&cache=s-maxage')
    expect(first.body.greeting).toContain(`You are visitor ${first.body.visitor}.`)
    expect(first.response.headers.get('set-cookie')).toBe(
      `visitor=${first.body.visitor}; Path=/api/welcome; HttpOnly; SameSite=Lax`,
    )
    expect(first.response.headers.get('cache-control')).toMatch(/^public, /)
    expect(second.body.visitor).toMatch(/^[0-9a-f]{16}$/)
    expect(second.body.visitor).not.toBe(first.body.visitor)
  })

  it('says that an answer with a cookie is for one reader, where it is asked to', async () => {
    const { response } = await send('&cookie=private&cache=s-maxage')
    expect(response.headers.get('cache-control')).toBe('private, max-age=0')
    expect(response.headers.has('set-cookie')).toBe(true)
    expect((await send('&cookie=set&cache=s-maxage')).response.headers.get('cache-control')).toContain('public')
  })

  it('names the first visitor to all from memory, which keeps the body and no cookie', async () => {
    const first = await send('&cookie=set&cache=memory')
    const second = await send('&cookie=set&cache=memory')
    expect(second.status).toContain('hit')
    expect(second.body).toEqual(first.body)
    expect(first.response.headers.has('set-cookie')).toBe(true)
    expect(second.response.headers.has('set-cookie')).toBe(false)
  })

  it('is confirmed with a 304 that says what it varies by', async () => {
    const etag = (await send('&cache=s-maxage')).response.headers.get('etag') ?? ''
    const url = 'http://127.0.0.1:3000/api/welcome?lab=welcome&cache=s-maxage'
    const headers = { host: '127.0.0.1:3000', 'if-none-match': etag }
    const again = await handle(new Request(url, { headers }), test.context)
    expect(again.status).toBe(304)
    expect(again.headers.get('vary')).toBe('Accept-Language, X-Forwarded-Host')
  })
})

it('a run sets no header: it has the defaults', () => {
  const plan = (params: Record<string, string>) => planRun({ resource: 'welcome', strategy: 'none', params }, 'welcome')
  expect(plan({ cookie: 'set' }).config.params).toEqual({ cookie: 'set' })
  try {
    plan({ 'Accept-Language': 'ko' })
    expect.unreachable()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error.info).toMatchObject({ parameter: 'params.Accept-Language', accepted: 'cookie' })
  }
})
