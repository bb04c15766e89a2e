import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Context } from '../context'
import { handle } from '../handle'
import { labEntries } from '../lab/entries'
import type { LabEvent } from '../lab/events'
import { type ProcessStates, processStates } from '../processes/routes'
import { planRun, type RunRequest } from '../runs/config'
import { isOver } from '../runs/run'
import { ADDRESS, testContext } from '../testing/context'
import { isRunning } from '../testing/processes'
import { IDLE_MS } from './pool'

const test = testContext()
const { context } = test
afterAll(() => context.close())

async function ask(method: string, path: string, body?: unknown, of: Context = context) {
  const response = await handle(
    new Request(`http://127.0.0.1:3000${path}`, {
      method,
      headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    }),
    of,
  )
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}

const workers = async (count: number): Promise<ProcessStates['workers']> =>
  processStates.parse((await ask('PUT', '/api/workers', { count })).body).workers

/** Ask a worker itself. */
async function get(address: string, path: string, init?: RequestInit) {
  const response = await fetch(address + path, init)
  return {
    status: response.status,
    worker: response.headers.get('x-worker'),
    tier: response.headers.get('cache-status') ?? '',
    body: z.looseObject({ version: z.number().optional() }).parse(await response.json()),
  }
}
const patch = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"title":"Written"}' }

/** Everything that the processes have to tell is told. */
const settled = () => Promise.all(context.processes.workers.all().map((worker) => worker.settle()))

async function run(config: Omit<RunRequest, 'resource' | 'strategy'> & { strategy: RunRequest['strategy'] }) {
  const started = context.runs.start(planRun({ resource: 'tasks/{id}', ...config }, config.lab ?? 'runs'))
  await vi.waitFor(() => expect(isOver(started)).toBe(true), { timeout: 60_000, interval: 20 })
  const state = await context.runs.state(started.id)
  if (!state) throw new Error('the run is not held')
  return state
}

describe('workers', () => {
  let pair: ProcessStates['workers'] = []
  beforeAll(async () => {
    pair = await workers(2)
  }, 120_000)
  const [first, second] = [() => pair[0]?.address ?? '', () => pair[1]?.address ?? '']

  it('each keep a memory of their own, and answer under their own name', async () => {
    const answers = []
    for (const address of [first(), first(), second(), second()]) {
      answers.push(await get(address, '/api/tasks/7?cache=memory&lab=w-own'))
    }
    expect(answers.map(({ tier }) => /hit|miss/.exec(tier)?.[0])).toEqual(['miss', 'hit', 'miss', 'hit'])
    expect(answers.map(({ worker }) => worker)).toEqual([0, 0, 1, 1].map((at) => pair[at]?.worker))
  })

  it('share what is in Redis', async () => {
    await get(first(), '/api/tasks/7?cache=redis&lab=w-shared')
    expect((await get(second(), '/api/tasks/7?cache=redis&lab=w-shared')).tier).toContain('redis; hit')
  })

  it('do not hear of a write to another: it goes on with the old value, Redis does not', async () => {
    for (const cache of ['memory', 'redis']) {
      for (const address of [first(), second()]) await get(address, `/api/tasks/8?cache=${cache}&lab=w-write`)
    }
    const { body: written } = await get(first(), '/api/tasks/8?lab=w-write', patch)
    const versions = async (address: string) =>
      Promise.all(
        ['memory', 'redis'].map(async (c) => (await get(address, `/api/tasks/8?cache=${c}&lab=w-write`)).body.version),
      )
    expect(await versions(first())).toEqual([written.version, written.version])
    expect(await versions(second())).toEqual([Number(written.version) - 1, written.version])
  })

  it('tell the app of every request: log, counters and what they keep', async () => {
    const seen: unknown[] = []
    context.labs.get('w-told').follow((evidence) => evidence.kind === 'row' && seen.push(evidence.row))
    await get(first(), '/api/tasks/9?cache=memory&lab=w-told')
    await get(first(), '/api/tasks/9?cache=memory&lab=w-told')
    await get(second(), '/api/tasks/9?cache=memory&lab=w-told')
    await settled()

    const lab = context.labs.get('w-told')
    expect(lab.totals()).toMatchObject({ requests: 3, originCalls: 2, outcomes: { hit: 1, miss: 2 }, stores: 2 })
    expect(seen.map((row) => z.looseObject({ worker: z.string(), kind: z.string() }).parse(row))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'hit', worker: pair[0]?.worker, key: 'tasks/9' }),
        expect.objectContaining({ kind: 'miss', worker: pair[1]?.worker }),
      ]),
    )
    const kept = labEntries.parse((await ask('GET', '/api/lab/entries?lab=w-told')).body)
    expect(kept.entries.map(({ worker }) => worker).sort()).toEqual(pair.map(({ worker }) => worker).sort())
    expect(kept.total.memory).toBe(2)

    await ask('DELETE', '/api/lab/entries?lab=w-told')
    expect((await get(first(), '/api/tasks/9?cache=memory&lab=w-told')).tier).toContain('miss')
  })

  it('count what a page asks through the app as the app’s own, and refuse pages that ask them directly', async () => {
    const rows: LabEvent[] = []
    context.labs.get('w-pages').follow((evidence) => evidence.kind === 'row' && rows.push(evidence.row))
    const path = '/api/tasks/9?cache=none&lab=w-pages'
    expect((await get(first(), path, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
    const direct = { origin: ADDRESS, 'sec-fetch-site': 'same-site' }
    expect((await get(first(), path, { headers: direct })).status).toBe(403)
    await settled()
    // A program would be told apart.
    expect(rows.filter(({ outside }) => outside)).toEqual([])
    expect(rows.length).toBeGreaterThan(0)
  })

  it('lose Redis where their lab does', async () => {
    await ask('PUT', '/api/lab/faults?lab=w-fault', { redis: 'away' })
    expect((await get(second(), '/api/tasks/9?cache=redis&lab=w-fault')).tier).toContain('unavailable')
  })

  it('halve the hit rate of memory, and leave that of Redis', { timeout: 60_000 }, async () => {
    const load = { requests: 400, connections: 4, keys: { kind: 'cycle', count: 200 }, host: 'workers' } as const
    const rates: Record<string, number> = {}
    for (const strategy of ['memory', 'redis'] as const) {
      for (const count of [1, 2]) {
        const { status, report } = await run({ ...load, strategy, workers: count, lab: 'w-halved' })
        expect(status).toBe('done')
        // Every request is counted by the process that answered it, and there are as many calls as misses.
        expect(report.originCalls).toBe(report.outcomes.miss)
        rates[`${strategy} ${count}`] = report.hitRate
      }
    }
    expect(rates).toMatchObject({ 'memory 1': 0.5, 'redis 1': 0.5, 'redis 2': 0.5 })
    // 200 keys, each asked for twice: the second finds the worker of the first with one chance in two.
    expect(rates['memory 2']).toBeGreaterThan(0.17)
    expect(rates['memory 2']).toBeLessThan(0.33)
  })

  it('are replaced at the same address when they crash, and the run goes on', { timeout: 60_000 }, async () => {
    const { worker: killed = '', address } = pair[1] ?? {}
    const running = run({ strategy: 'memory', durationMs: 4_000, host: 'workers', workers: 2, mode: 'open', rate: 50 })
    await vi.waitFor(() => expect(context.labs.get('runs').totals().requests).toBeGreaterThan(5), { timeout: 60_000 })
    expect((await ask('POST', '/api/workers/2/crash')).status).toBe(204)
    const { status, report } = await running
    expect(status).toBe('done')
    expect(report.errors).toBeGreaterThan(0)
    expect(report.requests - report.errors).toBeGreaterThan(50)

    await vi.waitFor(
      async () => {
        const { workers: now } = processStates.parse((await ask('GET', '/api/processes')).body)
        expect(now[1]).toMatchObject({ address, ready: true, restarts: 1 })
        expect(now[1]?.worker).not.toBe(killed)
      },
      { timeout: 60_000 },
    )
    expect(isRunning(Number(killed))).toBe(false)
    expect((await get(address ?? '', '/api/tasks/7?cache=memory&lab=w-crash')).status).toBe(200)
  })

  it('that hang are reported, serve nothing that was to be cleared, and are replaced after ten seconds', {
    timeout: 120_000,
  }, async () => {
    const path = '/api/tasks/7?cache=memory&lab=w-hung'
    const state = async () => processStates.parse((await ask('GET', '/api/processes')).body).workers[0]
    const ready = async (is: boolean) =>
      vi.waitFor(async () => expect(await state()).toMatchObject({ ready: is }), { timeout: 60_000, interval: 50 })
    for (let i = 0; i < 2; i += 1) await get(first(), path)

    const pid = Number((await state())?.worker)
    process.kill(pid, 'SIGSTOP')
    try {
      expect(await ask('DELETE', '/api/lab/entries?lab=w-hung')).toMatchObject({
        status: 503,
        body: { code: 'process-unresponsive' },
      })
      expect((await ask('DELETE', '/api/lab/entries?lab=w-hung&tier=redis')).status).toBe(204)
      await ready(false)
      const listed = labEntries.parse((await ask('GET', '/api/lab/entries?lab=w-hung')).body)
      expect(listed.unavailable).toEqual(['memory'])
      const cold = await run({ strategy: 'memory', requests: 3, host: 'workers', workers: 1, lab: 'w-hung' })
      expect(cold).toMatchObject({ status: 'failed', code: 'process-unresponsive', report: { requests: 0 } })
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await ready(true)
    expect((await get(first(), path)).tier).toContain('miss')

    const { restarts = 0 } = (await state()) ?? {}
    const now = Number((await state())?.worker)
    process.kill(now, 'SIGSTOP')
    await vi.waitFor(async () => expect(await state()).toMatchObject({ ready: true, restarts: restarts + 1 }), {
      timeout: 60_000,
      interval: 100,
    })
    await vi.waitFor(() => expect(isRunning(now)).toBe(false), { timeout: 60_000 })
    expect((await get(first(), path)).status).toBe(200)
  })

  it('start no workers of their own', async () => {
    const answer = await fetch(`${first()}/api/workers`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"count":1}',
    })
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'process-unavailable' }])
  })

  it('are refused beyond four, and to those that are not there', async () => {
    expect(await ask('PUT', '/api/workers', { count: 5 })).toMatchObject({ status: 400, body: { parameter: 'count' } })
    expect(await ask('POST', '/api/workers/4/crash')).toMatchObject({
      status: 404,
      body: { code: 'process-not-found', given: '4' },
    })
  })

  it('are stopped when they are idle, but not while a run holds them', async () => {
    const pids = (await workers(2)).map(({ worker }) => Number(worker))
    const release = context.processes.workers.hold()
    test.clock.advance(IDLE_MS)
    context.processes.look()
    expect(context.processes.workers.list()).toHaveLength(2)
    release()
    context.processes.look()
    expect(context.processes.workers.list()).toHaveLength(2)
    test.clock.advance(IDLE_MS)
    context.processes.look()
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 60_000 })
    expect(context.processes.workers.list()).toEqual([])
  })
})

it('leaves no worker behind when the app closes', { timeout: 60_000 }, async () => {
  const own = testContext()
  const { body } = await ask('PUT', '/api/workers', { count: 1 }, own.context)
  const pid = Number(processStates.parse(body).workers[0]?.worker)
  expect(isRunning(pid)).toBe(true)
  await own.context.close()
  expect(isRunning(pid)).toBe(false)
})

it('says why a worker does not start', { timeout: 60_000 }, async () => {
  const own = testContext()
  own.context.settings.commands = { ...own.context.settings.commands, worker: { command: 'false', args: [] } } as never
  expect(await ask('PUT', '/api/workers', { count: 1 }, own.context)).toMatchObject({
    status: 503,
    body: { code: 'process-unavailable', detail: expect.stringContaining('worker') as string },
  })
  await own.context.close()
})
