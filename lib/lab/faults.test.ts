import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import type { ProblemBody } from '../http/problem'
import { FAULT_MS } from '../redis/faults'
import { type TestContext, testContext } from '../testing/context'
import type { LabEntries } from './entries'

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

const send = (target: string, init: RequestInit = {}) =>
  handle(
    new Request(`http://127.0.0.1:3000${target}`, {
      ...init,
      headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' },
    }),
    test.context,
  )
const put = (lab: string, body: object) =>
  send(`/api/lab/faults?lab=${lab}`, { method: 'PUT', body: JSON.stringify(body) })
const faults = async (lab: string): Promise<unknown> => (await send(`/api/lab/faults?lab=${lab}`)).json()
const status = async (lab: string) => (await send(`/api/tasks/5?cache=redis&lab=${lab}`)).headers.get('cache-status')

describe('/api/lab/faults', () => {
  it('takes Redis away from one lab, which goes on without it, and gives it back', async () => {
    for (const lab of ['fault-a', 'fault-b']) await status(lab)
    expect(await faults('fault-a')).toEqual({ redis: 'ok' })
    expect(await (await put('fault-a', { redis: 'away' })).json()).toEqual({ redis: 'away' })
    expect(await faults('fault-a')).toEqual({ redis: 'away' })

    for (let i = 0; i < 5; i += 1) expect(await status('fault-a')).toBe('redis; fwd=miss; detail=unavailable')
    const listed = (await (await send('/api/lab/entries?lab=fault-a')).json()) as LabEntries
    expect(listed).toMatchObject({ entries: [], unavailable: ['redis'] })
    const emptied = await send('/api/lab/entries?lab=fault-a&tier=redis', { method: 'DELETE' })
    expect(((await emptied.json()) as ProblemBody).code).toBe('redis-unavailable')
    expect(test.context.labs.get('fault-a').log.since(0, 100).rows).toContainEqual(
      expect.objectContaining({ kind: 'error', tier: 'redis', detail: 'unavailable' }),
    )

    expect(await faults('fault-b')).toEqual({ redis: 'ok' })
    expect(await status('fault-b')).toBe('redis; hit; ttl=120')

    await put('fault-a', { redis: 'ok' })
    expect(await status('fault-a')).toBe('redis; hit; ttl=120')
  })

  it('is lifted by itself after five minutes', async () => {
    await put('fault-c', { redis: 'away' })
    test.clock.advance(FAULT_MS - 1)
    expect(await status('fault-c')).toContain('unavailable')
    test.clock.advance(1)
    expect(await faults('fault-c')).toEqual({ redis: 'ok' })
    expect(await status('fault-c')).toContain('stored')
  })

  it.each([
    [{ redis: 'gone' }, 'redis'],
    [{}, 'redis'],
    [{ redis: 'away', postgres: 'away' }, 'postgres'],
  ])('refuses %j', async (body, parameter) => {
    const refused = (await (await put('fault-d', body)).json()) as ProblemBody
    expect(refused).toMatchObject({ code: 'invalid-body', parameter })
    expect(await faults('fault-d')).toEqual({ redis: 'ok' })
  })
})
