import { afterAll, beforeAll, expect, it } from 'vitest'
import { handle } from '../handle'
import { strategies } from '../strategies'
import { type TestContext, testContext } from '../testing/context'

/** The version that answers carry, and the wait that a task takes on purpose. */

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

const send = (target: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}) => {
  const headers = { host: '127.0.0.1:3000', 'content-type': 'application/json', ...init.headers }
  return handle(new Request(`http://127.0.0.1:3000/api/${target}`, { ...init, headers }), test.context)
}
const versionOf = (response: Response) => response.headers.get('x-version')
const write = (query: string) => send(`tasks/7?${query}`, { method: 'PATCH', body: '{"title":"Again"}' })

it.each(strategies)('with $id, answers and writes carry the row’s version', async ({ id }) => {
  const query = `cache=${id}&lab=version-${id}`
  const first = await send(`tasks/7?${query}`)
  const version = ((await first.json()) as { version: number }).version
  expect(versionOf(first)).toBe(String(version))
  expect(versionOf(await send(`tasks/7?${query}`))).toBe(String(version))
  expect(versionOf(await write(query))).toBe(String(version + 1))
  expect(versionOf(await write(query))).toBe(String(version + 2))
})

it('a 304 carries the version that it confirms, and a 404 has none', async () => {
  const etag = (await send('tasks/7?cache=http&lab=version')).headers.get('etag') ?? ''
  const confirmed = await send('tasks/7?cache=http&lab=version', { headers: { 'if-none-match': etag } })
  expect(confirmed.status).toBe(304)
  expect(versionOf(confirmed)).toBe('1')
  const absent = await send('tasks/100001?lab=version')
  expect(absent.status).toBe(404)
  expect(absent.headers.has('x-version')).toBe(false)
})

it('a row is written through for the strategy that the write names, and for its ttl', async () => {
  const lab = test.context.labs.get('version-through')
  const entries = async () => (await lab.entries()).entries.map(({ strategy, expiresAt }) => ({ strategy, expiresAt }))
  await write('cache=redis&lab=version-through')
  expect(await entries()).toEqual([])
  const written = await write('cache=redis-write-through&ttl=7.5&lab=version-through')
  expect(await entries()).toEqual([{ strategy: 'redis-write-through', expiresAt: test.clock.now() + 7_500 }])
  expect(lab.log.since(0, 100).rows.map(({ kind }) => kind)).toEqual(['write', 'write', 'store'])

  const read = await send('tasks/7?cache=redis-write-through&lab=version-through')
  expect(read.headers.get('cache-status')).toBe('redis; hit; ttl=8')
  expect(versionOf(read)).toBe(versionOf(written))
  await write('lab=version-through')
  expect(await entries()).toEqual([])
})

it('the wait of slow= has a bound, and is no part of the key', async () => {
  const slow = await send('tasks/8?cache=memory&slow=300&lab=version-slow')
  expect(slow.headers.get('cache-status')).toContain('stored')
  expect((await send('tasks/8?cache=memory&lab=version-slow')).headers.get('cache-status')).toContain('hit')
  const refused = await send('tasks/8?slow=2001&lab=version-slow')
  expect(await refused.json()).toMatchObject({ code: 'invalid-parameter', parameter: 'slow' })
})
