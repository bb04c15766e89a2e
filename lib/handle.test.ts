import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from './handle'
import { PROBLEMS, type ProblemBody } from './http/problem'
import { METHODS } from './http/request-head'
import type { Task } from './origin/edits'
import { resources } from './resources'
import { strategies } from './strategies'
import { type TestContext, testContext } from './testing/context'

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

const BASE = 'http://127.0.0.1:3000'
const send = (target: string, init: RequestInit = {}) => {
  const headers = new Headers(init.headers)
  if (!headers.has('host')) headers.set('host', '127.0.0.1:3000')
  return handle(new Request(BASE + target, { ...init, headers }), test.context)
}
const json = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})
const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-worker')).toBe(String(process.pid))
  const body = (await response.json()) as ProblemBody
  expect(response.status).toBe(PROBLEMS[body.code].status)
  expect(body.status).toBe(response.status)
  return body
}

describe('bad input', () => {
  it.each([
    ['/api/slow-value?cache=magic', 'invalid-parameter', 'cache'],
    ['/api/slow-value?ttl=0', 'invalid-parameter', 'ttl'],
    ['/api/slow-value?ttl=86401', 'invalid-parameter', 'ttl'],
    ['/api/slow-value?ttl=ten', 'invalid-parameter', 'ttl'],
    ['/api/slow-value?cache=http&ttl=1.5', 'invalid-parameter', 'ttl'],
    ['/api/slow-value?delay=60000', 'invalid-parameter', 'delay'],
    ['/api/slow-value?lab=No%20Such', 'invalid-parameter', 'lab'],
    [`/api/slow-value?lab=${'a'.repeat(65)}`, 'invalid-parameter', 'lab'],
    ['/api/slow-value?url=http://evil.example', 'unknown-parameter', 'url'],
    ['/api/exchange?base=XXX', 'invalid-parameter', 'base'],
    ['/api/tasks/abc', 'invalid-parameter', 'id'],
    ['/api/tasks/0', 'invalid-parameter', 'id'],
    ['/api/tasks/1e3', 'invalid-parameter', 'id'],
    ['/api/tasks/..%2f..%2fetc%2fpasswd', 'invalid-parameter', 'id'],
    ['/api/tasks?owner=0', 'invalid-parameter', 'owner'],
    ['/api/tasks?plan=best', 'invalid-parameter', 'plan'],
    ['/api/lab/entries?tier=redis', 'unknown-parameter', 'tier'],
  ])('%s is %s and names %s', async (target, code, parameter) => {
    expect(await problemOf(await send(target))).toMatchObject({
      code,
      parameter,
      accepted: expect.any(String) as string,
    })
  })

  it.each([
    ['/api/nothing'],
    ['/api'],
    ['/api/tasks/1/2'],
    ['/api/slow-value/'],
    ['/api/__proto__'],
    ['/api//slow-value'],
  ])('%s is an unknown path', async (target) => {
    expect((await problemOf(await send(target))).code).toBe('unknown-path')
  })

  it('malformed percent-encoding in a path is refused', async () => {
    expect((await problemOf(await send('/api/tasks/%zz'))).code).toBe('invalid-target')
  })

  it.each([
    ['POST', '/api/slow-value', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/api/tasks/1', 'GET, PATCH, HEAD, OPTIONS'],
    ['GET', '/api/runs', 'POST, OPTIONS'],
    ['PUT', '/api/lab/entries', 'GET, DELETE, HEAD, OPTIONS'],
  ])('%s %s is not allowed, and says what is', async (method, target, allow) => {
    const response = await send(target, { method })
    expect(response.headers.get('allow')).toBe(allow)
    expect((await problemOf(response)).code).toBe('method-not-allowed')
    expect((await send(target, { method: 'OPTIONS' })).headers.get('allow')).toBe(allow)
  })

  it.each([
    ['a page of another site', { origin: 'http://evil.example' }, 'foreign-origin'],
    ['a foreign Host', { host: 'evil.example' }, 'foreign-host'],
  ])('a run started by %s is refused', async (_who, headers, code) => {
    const response = await send('/api/runs', json('POST', { resource: 'slow-value', strategy: 'none' }, headers))
    expect((await problemOf(response)).code).toBe(code)
  })

  it('an unknown task is a 404 with the headers of its reading, and is not kept', async () => {
    for (let i = 0; i < 2; i += 1) {
      const response = await send('/api/tasks/100001?cache=redis&lab=absent')
      expect(response.headers.get('cache-status')).toBe('redis; fwd=miss')
      expect((await problemOf(response)).code).toBe('task-not-found')
    }
  })
})

describe('PATCH /api/tasks/{id}', () => {
  const task = async (query: string, id = 7): Promise<Task> =>
    (await (await send(`/api/tasks/${id}?${query}`)).json()) as Task

  it('writes to the lab’s overlay, has every strategy do what its policy says, and leaves other labs alone', async () => {
    const before = await task('cache=none&lab=edit-a')
    for (const { id } of strategies) await task(`cache=${id}&lab=edit-a`)
    const listed = await (await send(`/api/tasks?owner=${before.ownerId}&cache=redis&lab=edit-a`)).text()
    expect(listed).not.toContain('Renamed')

    const response = await send('/api/tasks/7?lab=edit-a', json('PATCH', { title: 'Renamed' }))
    expect(await response.json()).toMatchObject({
      id: 7,
      title: 'Renamed',
      version: Number(before.version) + 1,
      notes: before.notes,
    })

    for (const { id, writes } of strategies) {
      const { title } = await task(`cache=${id}&lab=edit-a`)
      expect(title, id).toBe(writes === 'ttl only' ? before.title : 'Renamed')
    }
    expect(await (await send(`/api/tasks?owner=${before.ownerId}&cache=redis&lab=edit-a`)).text()).toContain('Renamed')
    expect((await task('cache=none&lab=edit-b')).title).toBe(before.title)

    const rows = test.context.labs.get('edit-a').log.since(0, 1_000).rows
    const invalidated = rows.filter(({ kind }) => kind === 'invalidation').map(({ tier, key }) => `${tier} ${key}`)
    expect(invalidated).toEqual(expect.arrayContaining(['memory tasks/7', 'redis tasks/7']))
  })

  it('counts the version on from edit to edit', async () => {
    const version = async (title: string) =>
      ((await (await send('/api/tasks/8?lab=edit-c', json('PATCH', { title }))).json()) as { version: number }).version
    const first = await version('one')
    expect(await version('two')).toBe(first + 1)
  })

  it.each([
    ['not JSON', '{', 'invalid-body', 'body'],
    ['an unknown field', { colour: 'red' }, 'invalid-body', 'colour'],
    ['a value out of bounds', { title: '' }, 'invalid-body', 'title'],
    ['another status', { status: 'later' }, 'invalid-body', 'status'],
    ['nothing', {}, 'invalid-body', 'body'],
    ['an array', [], 'invalid-body', 'body'],
    ['too much', { notes: 'x'.repeat(70_000) }, 'body-too-large', 'body'],
  ])('refuses %s', async (_what, body, code, parameter) => {
    expect(await problemOf(await send('/api/tasks/7', json('PATCH', body)))).toMatchObject({ code, parameter })
  })

  it('refuses a body of another type, and a task that there is not', async () => {
    const typed = await send('/api/tasks/7', {
      method: 'PATCH',
      body: 'title=x',
      headers: { 'content-type': 'text/plain' },
    })
    expect((await problemOf(typed)).code).toBe('unsupported-media-type')
    const absent = await send('/api/tasks/100001', json('PATCH', { title: 'x' }))
    expect((await problemOf(absent)).code).toBe('task-not-found')
  })
})

describe('tasks', () => {
  const list = async (query: string) => {
    const response = await send(`/api/tasks?owner=3&${query}&lab=lists`)
    return { timing: response.headers.get('server-timing') ?? '', text: await response.text() }
  }

  it('gives the same list by a join as by N+1 queries, which takes one more for each task', async () => {
    const joined = await list('plan=join')
    const looped = await list('plan=n-plus-one')
    expect(looped.text).toBe(joined.text)
    const { tasks } = JSON.parse(joined.text) as { tasks: { comments: unknown[] }[] }
    expect(tasks.length).toBeGreaterThan(10)
    expect(joined.timing).toContain('desc="1 query"')
    expect(looped.timing).toContain(`desc="${tasks.length + 1} queries"`)
  })

  it('sends fewer bytes when only the needed columns are asked for', async () => {
    const all = await list('columns=all')
    const needed = await list('columns=needed')
    expect(needed.text.length).toBeLessThan(all.text.length / 2)
  })
})

describe('the lab', () => {
  it('is that of the cookie, or else the public one', async () => {
    expect(await (await send('/api/lab', { headers: { cookie: 'hitrate-lab-9=of-a-page' } })).json()).toMatchObject({
      lab: 'of-a-page',
    })
    expect(await (await send('/api/lab')).json()).toMatchObject({ lab: 'public' })
    expect(await (await send('/api/lab?lab=mine')).json()).toMatchObject({ lab: 'mine' })
  })

  it.each([
    ['over loopback', { 'sec-fetch-site': 'same-origin' }],
    ['over plain HTTP on a network', { referer: 'http://lab.test:3000/playground' }],
  ])('is nobody else’s for a browser that blocks cookies, %s', async (_where, headers) => {
    const labs = await Promise.all(
      [1, 2].map(async () => {
        const response = await send('/api/lab', { headers })
        expect(response.headers.has('set-cookie')).toBe(false)
        return ((await response.json()) as { lab: string }).lab
      }),
    )
    expect(labs).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)])
    expect(new Set(labs).size).toBe(2)
  })

  it('passes over a cookie that holds no name', async () => {
    const response = await send('/api/lab', { headers: { cookie: 'hitrate-lab-9=../../x' } })
    expect(await response.json()).toMatchObject({ lab: 'public' })
  })

  it('is emptied alone', async () => {
    for (const lab of ['empty-a', 'empty-b']) await send(`/api/tasks/1?cache=memory&lab=${lab}`)
    expect((await send('/api/lab/entries?lab=empty-a', { method: 'DELETE' })).status).toBe(204)
    const entries = async (lab: string) =>
      (await (await send(`/api/lab/entries?lab=${lab}`)).json()) as { total: object }
    expect((await entries('empty-a')).total).toMatchObject({ memory: 0, redis: 0 })
    expect((await entries('empty-b')).total).toMatchObject({ memory: 1, redis: 0 })
  })

  it('has one tier emptied alone, as a restart of the process does to memory', async () => {
    for (const cache of ['memory', 'lru', 'redis']) await send(`/api/tasks/1?cache=${cache}&lab=one-tier`)
    const total = async () => ((await (await send('/api/lab/entries?lab=one-tier')).json()) as { total: object }).total
    expect(await total()).toMatchObject({ memory: 2, redis: 1 })
    expect((await send('/api/lab/entries?lab=one-tier&tier=memory', { method: 'DELETE' })).status).toBe(204)
    expect(await total()).toMatchObject({ memory: 0, redis: 1 })
    expect((await send('/api/tasks/1?cache=redis&lab=one-tier')).headers.get('cache-status')).toContain('hit')

    await send('/api/tasks/1?cache=lru&lab=one-tier')
    expect((await send('/api/lab/entries?lab=one-tier&tier=redis', { method: 'DELETE' })).status).toBe(204)
    expect(await total()).toMatchObject({ memory: 1, redis: 0 })

    const unknown = await send('/api/lab/entries?lab=one-tier&tier=disk', { method: 'DELETE' })
    expect(await problemOf(unknown)).toMatchObject({
      code: 'invalid-parameter',
      accepted: expect.stringContaining('memory, redis') as string,
    })
    expect(await total()).toMatchObject({ memory: 1, redis: 0 })
  })

  it('is dropped after an hour without use, its edits too', async () => {
    await send('/api/tasks/9?lab=idle', json('PATCH', { title: 'Soon gone' }))
    const { epoch } = test.context.labs.get('idle')
    test.clock.advance(3_600_001)
    test.context.labs.sweep()
    expect(test.context.labs.get('idle').epoch).not.toBe(epoch)
    await expect.poll(async () => (await send('/api/tasks/9?lab=idle')).text()).not.toContain('Soon gone')
  })
})

const routeFiles = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('route.ts'))

it.each(resources.map(({ id }) => id))('%s has a route file', (id) => {
  expect(routeFiles).toContain(`api/${id.replace('{', '[').replace('}', ']')}/route.ts`)
})

it.each(routeFiles)('app/%s exports the mounted handler for every method, and nothing else', async (file) => {
  const mount = (await import('@/app/api/mount')) as Record<string, unknown>
  const route = (await import(/* @vite-ignore */ resolve('app', file))) as Record<string, unknown>
  expect(Object.keys(route).sort()).toEqual([...METHODS].sort())
  for (const method of METHODS) expect(route[method]).toBe(mount[method])
})

it('/api/schema holds a schema for every body and event', async () => {
  const schemas = (await (await send('/api/schema')).json()) as Record<string, object>
  expect(Object.keys(schemas.requests ?? {})).toEqual(
    expect.arrayContaining(['POST /api/runs', 'PUT /api/lab/faults', 'PATCH /api/notebook', 'PATCH /api/tasks/{id}']),
  )
  expect(JSON.stringify(schemas.events)).toContain('omitted')
})
