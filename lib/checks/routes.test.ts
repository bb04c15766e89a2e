import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import { setCookie } from '../http/cookie'
import type { ProblemBody } from '../http/problem'
import { LEARNER_COOKIE } from '../notebook/of-request'
import { newLearner } from '../notebook/testing'
import { generateHere } from '../runs/testing'
import { type TestContext, testContext } from '../testing/context'
import { readEvents } from '../testing/read-events'
import { allOf } from './all-of'
import type { Attempt } from './attempt'
import type { Check } from './check'
import { isBenchmark } from './command'
import { commandRecorded } from './command-recorded'
import { inOrder } from './in-order'
import { rowsShow } from './rows-show'
import { runShows } from './run-shows'

/** Exercises as a learner does them: real requests and runs through the app's handler, on a real Redis and Postgres. */

const ttlTold = inOrder({
  resource: 'tasks/{id}',
  sameKey: true,
  steps: [
    { say: 'A miss', expects: 'a miss', is: ({ outcome, strategy }) => outcome === 'miss' && strategy === 'redis' },
    { say: 'A hit within the TTL', expects: 'a hit', is: ({ outcome }) => outcome === 'hit' },
    {
      say: 'A query after it',
      expects: 'a query, once the TTL is over',
      is: ({ queries, steps }) => queries === 1 && steps.some(({ kind }) => kind === 'expiry'),
    },
  ],
})
const twentyRequests = runShows({
  say: 'A run of slow-value',
  which: ({ resource }) => resource === 'slow-value',
  shows: [
    {
      say: 'Exactly 20 requests',
      expects: '20 requests',
      is: ({ requests }) => requests === 20,
      found: ({ requests }) => `${requests} requests`,
    },
  ],
})
const done = allOf(
  rowsShow({ say: 'An entry was stored', expects: 'a stored entry', is: ({ kind }) => kind === 'store' }),
  commandRecorded({ say: 'A benchmark recorded', expects: 'a benchmark', is: isBenchmark }),
)
const exercise = (id: string, check: Check) => ({
  lesson: 'a-lesson',
  exercise: { id, title: id, task: [], hints: ['', '', ''] as const, check },
})

let test: TestContext
beforeAll(() => {
  test = testContext({
    spawn: generateHere,
    exercises: [exercise('ttl', ttlTold), exercise('run', twentyRequests), exercise('done', done)],
  })
})
afterAll(() => test.context.close())

const send = (target: string, init: RequestInit = {}) =>
  handle(
    new Request(`http://127.0.0.1:3000${target}`, {
      ...init,
      headers: { host: '127.0.0.1:3000', 'content-type': 'application/json', ...(init.headers as object) },
    }),
    test.context,
  )
const post = (target: string, body: object, headers: Record<string, string> = {}) =>
  send(target, { method: 'POST', body: JSON.stringify(body), headers })
const start = (lab: string, id: string, headers?: Record<string, string>) =>
  post(`/api/attempts?lab=${lab}`, { exercise: id }, headers)
const attempt = async (lab: string, id: string) =>
  (await (await send(`/api/attempts/${id}?lab=${lab}`)).json()) as Attempt
const code = async (response: Response) => ((await response.json()) as ProblemBody).code
const task = (lab: string, id: number) => send(`/api/tasks/${id}?cache=redis&ttl=10&lab=${lab}`)

describe('an attempt', () => {
  it('passes by requests that were really answered so', async () => {
    const started = await start('at-pass', 'ttl')
    expect(started.status).toBe(201)
    expect(started.headers.get('location')).toBe('/api/attempts/ttl')
    expect(await started.json()).toEqual({
      exercise: 'ttl',
      startedAt: test.clock.now(),
      verdict: {
        status: 'open',
        goals: [
          { say: 'A miss', done: false, expects: 'a miss', mark: 'next' },
          { say: 'A hit within the TTL', done: false, expects: 'a hit' },
          { say: 'A query after it', done: false, expects: 'a query, once the TTL is over' },
        ],
      },
    })
    await task('at-pass', 1)
    await task('at-pass', 1)
    expect((await attempt('at-pass', 'ttl')).verdict.goals.map((goal) => goal.done)).toEqual([true, true, false])
    test.clock.advance(10_001)
    await task('at-pass', 1)
    const { verdict } = await attempt('at-pass', 'ttl')
    expect(verdict).toMatchObject({
      status: 'passed',
      goals: [{}, { seen: '#2 hit, 0 ms' }, { seen: '#3 miss, 0 ms' }],
    })
    await task('at-pass', 2)
    expect((await attempt('at-pass', 'ttl')).verdict).toEqual(verdict)
  })

  it('fails by the first request that is another, and says which and why; started anew, it may pass', async () => {
    await start('at-fail', 'ttl')
    await task('at-fail', 1)
    test.clock.advance(2_500)
    await task('at-fail', 2)
    expect((await attempt('at-fail', 'ttl')).verdict).toMatchObject({
      status: 'failed',
      broken: { expected: 'a hit, for tasks/1 as in #1', found: '#2 asked for tasks/2', request: 2 },
    })
    await start('at-fail', 'ttl')
    await task('at-fail', 3)
    await task('at-fail', 3)
    await task('at-fail', 3)
    expect((await attempt('at-fail', 'ttl')).verdict).toMatchObject({
      status: 'failed',
      broken: { expected: 'a query, once the TTL is over', found: '#5 was a hit, 0.0 s after #4', request: 5 },
    })
  })

  it('is of one lab: another hears nothing of it, and has none', async () => {
    await start('at-one', 'ttl')
    await task('at-two', 1)
    expect((await attempt('at-one', 'ttl')).verdict.goals[0]?.done).toBe(false)
    expect(await (await send('/api/attempts?lab=at-two')).json()).toEqual({ attempts: [] })
    expect(await code(await send('/api/attempts/ttl?lab=at-two'))).toBe('attempt-not-found')
  })

  it('hears of runs, and names the one that fails it', async () => {
    await start('at-run', 'run')
    // Nothing listens at this context's address: every request is an error, and the run a run all the same.
    const config = { resource: 'slow-value', strategy: 'none', requests: 5, lab: 'at-run' }
    const { id } = (await (await post('/api/runs', config)).json()) as { id: string }
    await readEvents(await send(`/api/runs/${id}/events`)).next('report')
    expect((await attempt('at-run', 'run')).verdict).toMatchObject({
      status: 'failed',
      broken: { expected: '20 requests', found: 'The run of slow-value with none had 5 requests', run: id },
    })
  })

  it('is told on the lab’s stream: as it stands, as it comes nearer, and when it is given up', async () => {
    await start('at-told', 'ttl')
    const events = readEvents(await send('/api/lab/events?lab=at-told'))
    expect((await events.next('hello')).data).toMatchObject({ attempts: [{ exercise: 'ttl' }] })
    await task('at-told', 1)
    const { data } = await events.next('attempt')
    expect(data).toMatchObject({ exercise: 'ttl', attempt: { verdict: { goals: [{ done: true }, {}, {}] } } })
    await send('/api/attempts/ttl?lab=at-told', { method: 'DELETE' })
    expect((await events.next('attempt')).data).toEqual({ exercise: 'ttl' })
    await events.close()
  })

  it('takes the command that it asks for, and is written into the notebook of who started it', async () => {
    const learner = newLearner()
    await start('at-done', 'done', { cookie: setCookie(LEARNER_COOKIE, test.context.settings.address, learner) })
    await task('at-done', 1)
    expect((await post('/api/attempts/done/commands?lab=at-done', { text: '' })).status).toBe(400)
    const handed = await post('/api/attempts/done/commands?lab=at-done', { text: 'hey -n 100 http://127.0.0.1:3000/' })
    expect(await handed.json()).toMatchObject({ verdict: { status: 'passed' } })
    await expect
      .poll(() => test.context.notebook.read(learner))
      .toMatchObject([
        {
          id: 'exercise:done',
          lesson: 'a-lesson',
          seen: [
            'An entry was stored: #1 store in redis, tasks/1',
            'A benchmark recorded: hey -n 100 http://127.0.0.1:3000/',
          ],
        },
      ])
  })

  it('is given up, again and again', async () => {
    await start('at-end', 'ttl')
    for (let i = 0; i < 2; i += 1) {
      expect((await send('/api/attempts/ttl?lab=at-end', { method: 'DELETE' })).status).toBe(204)
    }
    expect(await (await send('/api/attempts?lab=at-end')).json()).toEqual({ attempts: [] })
  })

  it('ends with its lab', async () => {
    await start('at-gone', 'ttl')
    test.clock.advance(3_600_001)
    expect(await (await send('/api/attempts?lab=at-gone')).json()).toEqual({ attempts: [] })
  })

  it('is of an exercise of the course, and of a body that is understood', async () => {
    const unknown = await start('at-wrong', 'none')
    expect(unknown.status).toBe(404)
    expect(await code(unknown)).toBe('exercise-not-found')
    expect(await code(await send('/api/attempts/none?lab=at-wrong', { method: 'DELETE' }))).toBe('exercise-not-found')
    expect(await code(await post('/api/attempts', {}))).toBe('invalid-body')
    expect(await code(await post('/api/attempts', { exercise: 'ttl', more: 1 }))).toBe('invalid-body')
    const command = await post('/api/attempts/ttl/commands?lab=at-wrong', { text: 'hey' })
    expect(command.status).toBe(404)
    expect(await code(command)).toBe('attempt-not-found')
    expect(await code(await send('/api/attempts?since=1'))).toBe('unknown-parameter')
    expect((await send('/api/attempts', { method: 'PUT' })).status).toBe(405)
  })
})
