import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { handle } from '../handle'
import { command, newLearner } from '../notebook/testing'
import { type TestContext, testContext } from '../testing/context'
import type { ProblemBody } from './problem'
import { findUnstorable } from './storable'

const NUL = 'a\0b'
const HALF = 'a\ud83d'

describe('findUnstorable', () => {
  it.each([
    [NUL, '', '"a\\u0000b"'],
    [{ title: 'a', notes: HALF }, 'notes', '"a\\ud83d"'],
    [[{ put: ['a', { text: NUL }] }, HALF], '0.put.1.text', '"a\\u0000b"'],
    [{ params: { [NUL]: 1 } }, 'params', 'the name "a\\u0000b"'],
  ])('finds the first in %j, at %j', (json, path, given) => {
    expect(findUnstorable(json)).toMatchObject({ path, given })
  })

  it('takes whole pairs, control characters, and what isn’t text', () => {
    expect(findUnstorable({ title: '😀, \u0001, and \uffff', at: 1, none: null })).toBeUndefined()
  })
})

describe('a request that Postgres can’t store', () => {
  let context: TestContext['context']
  beforeAll(() => {
    context = testContext().context
  })
  afterAll(() => context.close())
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = {
      host: '127.0.0.1:3000',
      'content-type': 'application/json',
      cookie: `hitrate-learner-9=${newLearner()}`,
    }
    const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) }
    const response = await handle(new Request(`http://127.0.0.1:3000${path}`, init), context)
    return { status: response.status, problem: (await response.json()) as ProblemBody }
  }

  test.each([
    ['PATCH', '/api/tasks/77?lab=storable', { title: NUL }, 'title'],
    ['PATCH', '/api/tasks/77?lab=storable', { notes: HALF }, 'notes'],
    ['PATCH', '/api/tasks/77?lab=storable', { dueDate: '0000-02-29' }, 'dueDate'],
    ['PATCH', '/api/notebook', { put: [command('a', 1, NUL)] }, 'put.0.text'],
    ['PATCH', '/api/notebook', { put: [{ ...command('a'), id: `command:${HALF}` }] }, 'put.0.id'],
    ['PATCH', '/api/notebook', { drop: ['a', NUL] }, 'drop.1'],
    ['POST', '/api/runs', { resource: 'slow-value', strategy: 'none', params: { delay: NUL } }, 'params.delay'],
    ['POST', '/api/runs', { resource: 'slow-value', strategy: 'none', thresholds: [NUL] }, 'thresholds.0'],
    ['POST', '/api/runs', { resource: 'slow-value', strategy: 'none', lab: HALF }, 'lab'],
    ['POST', '/api/attempts', { exercise: NUL }, 'exercise'],
    ['POST', '/api/attempts/any/commands', { text: HALF }, 'text'],
  ])('%s %s with %j is invalid, and names %s', async (method, path, body, parameter) => {
    expect(await send(method, path, body)).toMatchObject({ status: 400, problem: { code: 'invalid-body', parameter } })
  })

  it.each(['/api/runs', '/api/attempts'])('is invalid when it nests more deeply than a schema, at %s', async (path) => {
    const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)
    const { status, problem } = await send('POST', path, { exercise: deep(4), resource: deep(4_000) })
    expect({ status, code: problem.code, accepted: problem.accepted }).toEqual({
      status: 400,
      code: 'invalid-body',
      accepted: 'at most 32 levels',
    })
  })

  test.each(['/api/runs/%00', '/api/runs/a%00b/events', '/api/attempts/%00'])('GET %s is invalid', async (path) => {
    expect(await send('GET', path)).toMatchObject({ status: 400, problem: { code: 'invalid-target' } })
  })
})
