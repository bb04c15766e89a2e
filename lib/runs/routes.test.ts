import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import type { ProblemBody } from '../http/problem'
import { type TestContext, testContext } from '../testing/context'
import { readEvents } from '../testing/read-events'
import type { Report, RunState } from './report'
import { dropSnapshots } from './run'
import { type RunRequests, runRequests } from './samples'

/** A load generator's thread takes a second to start from source. */
const PATIENT = { timeout: 60_000 }

/** Runs as the world sees them: over the app's handler. */

describe('runs over HTTP', () => {
  let test: TestContext
  beforeAll(() => {
    test = testContext()
  })
  afterAll(() => test.context.close())
  const send = (target: string, init: RequestInit = {}, context = test.context) =>
    handle(
      new Request(`http://127.0.0.1:3000${target}`, {
        ...init,
        headers: { host: '127.0.0.1:3000', 'content-type': 'application/json', ...(init.headers as object) },
      }),
      context,
    )
  const post = (body: object) => send('/api/runs', { method: 'POST', body: JSON.stringify(body) })

  it('is posted, watched by several, joined late, kept in Postgres, and stopped again and again', async () => {
    // Nothing listens at this context's address, so that every request is an error: what is tested is the way of a run.
    const created = await post({ resource: 'slow-value', strategy: 'none', requests: 20, lab: 'http-run' })
    expect(created.status).toBe(201)
    const { id } = (await created.json()) as { id: string }
    expect(created.headers.get('location')).toBe(`/api/runs/${id}`)

    const [one, two] = await Promise.all([send(`/api/runs/${id}/events`), send(`/api/runs/${id}/events`)])
    for (const viewer of [one, two]) {
      const events = readEvents(viewer)
      expect((await events.next('snapshot')).data).toMatchObject({ run: id, phase: 'measuring' })
      expect((await events.next('report')).data).toMatchObject({ run: id, requests: 20, errors: 20 })
      expect(await events.any()).toBeUndefined()
    }
    expect(await (await send(`/api/runs/${id}`)).json()).toMatchObject({ status: 'done', lab: 'http-run' })

    const late = readEvents(await send(`/api/runs/${id}/events`))
    let last = ''
    for (let event = await late.any(); event && event.event !== 'report'; event = await late.any())
      last = event.id ?? ''
    expect(last).not.toBe('')
    const resumed = readEvents(await send(`/api/runs/${id}/events`, { headers: { 'last-event-id': last } }))
    expect((await resumed.any())?.event).toBe('report')

    // Another process knows it from Postgres.
    const other = testContext()
    await expect
      .poll(() => other.context.runs.state(id))
      .toMatchObject({ id, status: 'done', report: { requests: 20 } })
    await other.context.close()
    for (let i = 0; i < 2; i += 1) expect((await send(`/api/runs/${id}`, { method: 'DELETE' })).status).toBe(204)
  })

  it('streams how a run went over time after the process that ran it has ended', async () => {
    const { id } = (await (await post({ resource: 'slow-value', strategy: 'none', requests: 5 })).json()) as {
      id: string
    }
    const live = readEvents(await send(`/api/runs/${id}/events`))
    const first = await live.next('snapshot')
    await live.close()
    const other = testContext()
    await expect.poll(() => other.context.runs.series(id), PATIENT).not.toEqual([])
    const events = (lastEventId?: string) =>
      send(
        `/api/runs/${id}/events`,
        lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } },
        other.context,
      )
    const stored = readEvents(await events())
    expect(await stored.next('snapshot')).toEqual(first)
    expect((await stored.next('report')).data).toMatchObject({ run: id, requests: 5 })
    // A reader that reconnects isn't sent the same points again.
    expect((await readEvents(await events('1000')).any())?.event).toBe('report')
    await other.context.close()

    // The process that ran it lets go of its snapshots, and then reads them from Postgres too.
    const run = test.context.runs.held(id)
    if (!run) throw new Error('it has just ended')
    dropSnapshots(run)
    expect(await readEvents(await send(`/api/runs/${id}/events`)).next('snapshot')).toEqual(first)
  })

  it('tells nobody else the random name of a reader’s lab, which opens it', async () => {
    const lab = '0123456789abcdef0123456789abcdef'
    const { id } = (await (await post({ resource: 'slow-value', strategy: 'none', requests: 3, lab })).json()) as {
      id: string
    }
    const asked = async (query: string) => (await (await send(`/api/runs/${id}${query}`)).json()) as RunState
    const streamed = async (query: string) => {
      const events = readEvents(await send(`/api/runs/${id}/events${query}`))
      return (await events.next('report')).data as Report
    }
    expect((await streamed('')).config.lab).toBe('')
    expect((await asked('')).lab).toBe('')
    expect((await asked('')).report.config).toMatchObject({ lab: '', requests: 3 })
    expect((await asked(`?lab=${lab}`)).report.config.lab).toBe(lab)
    expect((await streamed(`?lab=${lab}`)).config.lab).toBe(lab)
  })

  it('tells its requests one by one, without the name of the lab', async () => {
    const lab = 'fedcba9876543210fedcba9876543210'
    const body = { resource: 'tasks/{id}', strategy: 'redis', keys: { kind: 'cycle', count: 3 }, requests: 6, lab }
    const { id } = (await (await post(body)).json()) as { id: string }
    const asked = async () => (await (await send(`/api/runs/${id}/requests`)).json()) as RunRequests
    await expect.poll(asked, PATIENT).toMatchObject({ status: 'done', hosts: 1 })
    const { requests } = await asked()
    expect(requests.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6])
    expect(requests.map(({ key }) => key).slice(0, 3)).toEqual(['/api/tasks/1', '/api/tasks/2', '/api/tasks/3'])
    // Nothing listens at this context's address.
    expect(requests[0]).toMatchObject({
      method: 'GET',
      address: 0,
      outcome: 'error',
      failure: 'connection',
      headers: {},
    })
    expect(JSON.stringify(await asked())).not.toContain(lab)
    expect(runRequests.safeParse(await asked()).error).toBe(undefined)
  })

  it('says so where the requests of a run are no longer kept, and where there is no such run', async () => {
    const { id } = (await (await post({ resource: 'slow-value', strategy: 'none', requests: 1 })).json()) as {
      id: string
    }
    await expect.poll(() => test.context.runs.state(id), PATIENT).toMatchObject({ status: 'done' })
    const run = test.context.runs.held(id)
    if (!run) throw new Error('it has just ended')
    dropSnapshots(run)
    const gone = await send(`/api/runs/${id}/requests`)
    expect([gone.status, ((await gone.json()) as ProblemBody).code]).toEqual([410, 'requests-gone'])
    const none = await send('/api/runs/none/requests')
    expect([none.status, ((await none.json()) as ProblemBody).code]).toEqual([404, 'run-not-found'])
  })

  it('is told on the stream of its lab', async () => {
    const events = readEvents(await send('/api/lab/events?lab=http-told'))
    const { id } = (await (
      await post({ resource: 'slow-value', strategy: 'none', requests: 5, lab: 'http-told' })
    ).json()) as {
      id: string
    }
    expect((await events.next('run')).data).toMatchObject({ id, lab: 'http-told' })
    expect((await events.next('snapshot')).data).toMatchObject({ run: id })
    expect((await events.next('report')).data).toMatchObject({ run: id, requests: 5 })
    await events.close()
  })

  it('of 50 posted at once, one runs, 20 wait and 29 are told when to come back', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        post({ resource: 'slow-value', strategy: 'none', mode: 'open', rate: 1, durationMs: 60_000, lab: `many-${n}` }),
      ),
    )
    const refused = answers.filter(({ status }) => status === 503)
    expect(refused.length).toBe(29)
    expect(refused[0]?.headers.get('retry-after')).toBe('10')
    const ids = await Promise.all(
      answers
        .filter(({ status }) => status === 201)
        .map(async (answer) => ((await answer.json()) as { id: string }).id),
    )
    const states = await Promise.all(ids.map((id) => test.context.runs.state(id)))
    expect(states.map((state) => state?.place)).toEqual([undefined, ...Array.from({ length: 20 }, (_, i) => i + 1)])
    for (const id of ids.toReversed()) expect((await send(`/api/runs/${id}`, { method: 'DELETE' })).status).toBe(204)
    await expect.poll(() => test.context.runs.state(ids[0] ?? '')).toMatchObject({ status: 'stopped' })
  })

  it('is known to the next app with its metrics so far, if the app ended while it ran, and if it waited', async () => {
    const stopping = testContext()
    const long = { resource: 'slow-value', strategy: 'none', mode: 'open', rate: 20, durationMs: 60_000 }
    const start = async (lab: string) => {
      const init = { method: 'POST', body: JSON.stringify({ ...long, lab }) }
      return ((await (await send('/api/runs', init, stopping.context)).json()) as { id: string }).id
    }
    const [running, waiting] = [await start('stop-1'), await start('stop-2')]
    await expect
      .poll(async () => (await stopping.context.runs.state(running))?.report.requests, PATIENT)
      .toBeGreaterThan(0)
    await stopping.context.close()

    const reason = 'the app was stopped'
    const kept = await test.context.runs.state(running)
    expect(kept).toMatchObject({ status: 'stopped', reason })
    expect(kept?.report.requests).toBeGreaterThan(0)
    expect(await test.context.runs.state(waiting)).toMatchObject({ status: 'stopped', reason })
  })

  it('is not streamed when too many streams are open', async () => {
    const full = { ...test.context, streams: { room: () => false, add: () => {} } }
    const request = new Request('http://127.0.0.1:3000/api/runs/any/events', { headers: { host: '127.0.0.1:3000' } })
    expect(((await (await handle(request, full)).json()) as ProblemBody).code).toBe('too-many-streams')
  })

  it.each(['GET', 'DELETE'])('%s of a run that there is not is a 404', async (method) => {
    const response = await send('/api/runs/none', { method })
    expect(((await response.json()) as ProblemBody).code).toBe('run-not-found')
  })
})
