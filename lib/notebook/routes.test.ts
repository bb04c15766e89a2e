import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import type { ProblemBody } from '../http/problem'
import { type TestContext, testContext } from '../testing/context'
import type { NotebookItem } from './items'
import { command, newLearner, prediction } from './testing'

/** A notebook over HTTP: whose it is, and what is refused. */

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

const send = (target: string, init: RequestInit = {}) =>
  handle(
    new Request(`http://127.0.0.1:3000${target}`, {
      ...init,
      headers: { host: '127.0.0.1:3000', ...(init.headers as Record<string, string>) },
    }),
    test.context,
  )
const as = (learner: string) => ({ cookie: `other=1; hitrate-learner-9=${learner}` })
const patch = (learner: string | undefined, body: unknown) =>
  send('/api/notebook', {
    method: 'PATCH',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(learner && as(learner)) },
  })
const items = async (learner: string) => {
  const response = await send('/api/notebook', { headers: as(learner) })
  expect(response.headers.get('cache-control')).toBe('no-store')
  return ((await response.json()) as { items: NotebookItem[] }).items
}
const problemOf = async (response: Response) => {
  const body = (await response.json()) as ProblemBody
  expect(response.status).toBe(body.status)
  return body
}

describe('whose notebook it is', () => {
  it.each([
    ['a program', {}],
    ['a browser', { 'sec-fetch-site': 'same-origin' }],
  ])('shows %s without the cookie nothing, and sets none', async (_who, headers) => {
    const response = await send('/api/notebook', { headers })
    expect(await response.json()).toEqual({ items: [] })
    expect(response.headers.has('set-cookie')).toBe(false)
  })

  it.each(['PATCH', 'DELETE'])('refuses a %s of nobody', async (method) => {
    const init = { method, ...(method === 'PATCH' ? { body: '{}' } : {}) }
    const response = await send('/api/notebook', { ...init, headers: { 'content-type': 'application/json' } })
    expect((await problemOf(response)).code).toBe('no-learner')
  })

  it('is opened by no lab, in the query or in a cookie', async () => {
    const learner = newLearner()
    await patch(learner, { put: [command('a')] })
    expect((await problemOf(await send(`/api/notebook?lab=${learner}`))).code).toBe('unknown-parameter')
    const byLab = await send('/api/notebook', { headers: { cookie: `hitrate-lab-9=${learner}` } })
    expect(await byLab.json()).toEqual({ items: [] })
    const otherPort = await send('/api/notebook', { headers: { cookie: `hitrate-learner-3001=${learner}` } })
    expect(await otherPort.json()).toEqual({ items: [] })
  })

  it('passes over a cookie that is no learner', async () => {
    expect((await problemOf(await patch('../../etc', { put: [command('a')] }))).code).toBe('no-learner')
  })
})

describe('what is kept', () => {
  it('is put, dropped and cleared', async () => {
    const learner = newLearner()
    expect((await patch(learner, { put: [command('a'), prediction()] })).status).toBe(204)
    expect(await items(learner)).toHaveLength(2)
    expect((await patch(learner, { drop: ['command:a'] })).status).toBe(204)
    expect(await items(learner)).toEqual([prediction()])
    for (const lesson of ['measure-honestly', 'same-value-for-ten-seconds']) {
      await patch(learner, { put: [command('a')] })
      const gone = await send(`/api/notebook?lesson=${lesson}`, { method: 'DELETE', headers: as(learner) })
      expect(gone.status).toBe(204)
      expect(await items(learner)).not.toContainEqual(expect.objectContaining({ lesson }))
    }
    await send('/api/notebook', { method: 'DELETE', headers: as(learner) })
    expect(await items(learner)).toEqual([])
  })

  it.each([
    ['an unknown kind', { put: [{ ...command('a'), kind: 'doodle' }] }, 'put.0.kind'],
    ['an unknown field', { put: [{ ...command('a'), html: '<b>' }] }, 'put.0.html'],
    ['an id of another kind', { put: [{ ...command('a'), id: 'run:a' }] }, 'put.0.id'],
    ['a time that is none', { put: [{ ...command('a'), at: 1.5 }] }, 'put.0.at'],
    ['text that Postgres cannot keep', { put: [{ ...command('a'), text: 'a\0b' }] }, 'put.0.text'],
    ['half of a character', { put: [{ ...command('a'), text: 'a\ud83d' }] }, 'put.0.text'],
    ['too many at once', { put: Array.from({ length: 201 }, (_, i) => command(`${i}`)) }, 'put'],
    ['what is no list', { drop: 'command:a' }, 'drop'],
    ['an array', [], 'body'],
  ])('refuses %s', async (_what, body, parameter) => {
    const learner = newLearner()
    expect(await problemOf(await patch(learner, body))).toMatchObject({ code: 'invalid-body', parameter })
    expect(await items(learner)).toEqual([])
  })

  it('refuses a body over 64 KiB, and a lesson that is no slug', async () => {
    const learner = newLearner()
    const long = { put: Array.from({ length: 70 }, (_, i) => command(`${i}`, 1, 'x'.repeat(1_000))) }
    expect((await problemOf(await patch(learner, long))).code).toBe('body-too-large')
    const clear = await send('/api/notebook?lesson=No%20Such', { method: 'DELETE', headers: as(learner) })
    expect(await problemOf(clear)).toMatchObject({ code: 'invalid-parameter', parameter: 'lesson' })
  })

  it('says so when Postgres is away', async () => {
    const away = testContext({
      postgres: { kind: 'external', name: 'postgres', url: 'postgresql:///none?host=/no/such/folder&user=none' },
    })
    const response = await handle(
      new Request('http://127.0.0.1:3000/api/notebook', { headers: { host: '127.0.0.1:3000', ...as(newLearner()) } }),
      away.context,
    )
    expect((await problemOf(response)).code).toBe('postgres-unavailable')
    await away.context.close()
  })
})
