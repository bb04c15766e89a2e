import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Problem, problem } from '../http/problem'
import { fakeClock } from '../testing/fake-clock'
import { QUEUE, SNAPSHOTS, TIME_LIMIT_MS, UNWATCHED_MS } from './bounds'
import { planRun } from './config'
import { type Measured, noOutcomes, nothingMeasured } from './figures'
import { type Hosts, hostedBy, type Lease } from './hosts'
import type { Told } from './job'
import type { RunState } from './report'
import type { Run } from './run'
import { createRuns, type RunLab, type Runs } from './runs'
import type { Spawn } from './spawn'
import type { RunStore } from './store'
import { tallyOthers } from './tally'

/** The queue, the bounds and the streams of runs, with a load generator that does what the test tells it. */

const measured = (requests: number): Measured => ({
  ...nothingMeasured,
  requests,
  durationMs: requests,
  throughput: 1_000,
  outcomes: { ...noOutcomes(), miss: requests },
})
const progress = (requests: number): Told => ({
  kind: 'progress',
  atMs: requests,
  progress: 0.5,
  measured: measured(requests),
  window: { ...measured(requests), durationMs: 100, staleRate: null },
})
const end = (requests: number): Told => ({ kind: 'end', measured: measured(requests), samples: [] })

interface Spawned {
  run: string
  addresses: readonly string[]
  on: Parameters<Spawn>[1]
  stopped: boolean
}

/** Stores nothing, as Postgres does while it is unavailable. */
const noStore: RunStore = {
  save: async () => {},
  load: async () => undefined,
  series: async () => [],
  removeOld: async () => {},
}

let clock: ReturnType<typeof fakeClock>
let spawned: Spawned[]
let told: { lab: string; event: string; data: unknown }[]
let viewers: Map<string, number>
let reported: string[]
let runs: Runs
/** Requests of other labs, by the lab that they are others to. */
let elsewhere: Record<string, number>
const answeredBesides = (lab: string) => elsewhere[lab] ?? 0
let labs: Map<string, RunLab>

const spawn: Spawn = ({ run, addresses }, on) => {
  const each: Spawned = { run, addresses, on, stopped: false }
  spawned.push(each)
  return {
    stop() {
      each.stopped = true
      on.told(end(3))
    },
  }
}
const lab = (id: string): RunLab => {
  const known = labs.get(id) ?? {
    clear: async () => {},
    viewers: () => viewers.get(id) ?? 0,
    tallies: new Map(),
    servedByClients: () => {},
    reported: ({ run }) => reported.push(run),
    broadcast: (event, data) => told.push({ lab: id, event, data }),
  }
  labs.set(id, known)
  return known
}
const plan = (more: object = {}, name = 'lab') => planRun({ resource: 'tasks/{id}', strategy: 'redis', ...more }, name)
/** Starting a run empties its lab first, which takes a turn or two. */
const turn = () => new Promise((done) => setImmediate(done))
/** Its end waits for what the hosts have counted, which takes a turn too. */
const state = async (id: string) => {
  await turn()
  return runs.state(id)
}
const status = async (id: string) => (await state(id))?.status

beforeEach(() => {
  clock = fakeClock()
  spawned = []
  told = []
  reported = []
  elsewhere = {}
  viewers = new Map()
  labs = new Map()
  runs = createRuns({
    hosts: hostedBy('http://127.0.0.1:9'),
    clock,
    lab,
    store: noStore,
    spawn,
    answeredBesides,
    versions: {},
  })
})
afterEach(() => runs.close())

describe('the queue', () => {
  it('runs one at a time, in their order, and tells each its place', async () => {
    const [a, b, c] = [runs.start(plan({}, 'a')), runs.start(plan({}, 'b')), runs.start(plan({}, 'c'))]
    await turn()
    expect(spawned.map(({ run }) => run)).toEqual([a.id])
    expect(await state(b.id)).toMatchObject({ status: 'queued', place: 1 })
    expect(await state(c.id)).toMatchObject({ status: 'queued', place: 2 })

    spawned[0]?.on.told(end(10))
    await turn()
    expect(await status(a.id)).toBe('done')
    expect(await status(b.id)).toBe('running')
    expect(await state(c.id)).toMatchObject({ status: 'queued', place: 1 })
    expect(told.filter((each) => each.lab === 'c' && each.event === 'run').at(-1)?.data).toMatchObject({ place: 1 })
  })

  it('moves up when one that waits is stopped, and tells so', async () => {
    const [, b, c] = [runs.start(plan({}, 'a')), runs.start(plan({}, 'b')), runs.start(plan({}, 'c'))]
    await turn()
    await runs.stop(b.id)
    expect(await state(c.id)).toMatchObject({ status: 'queued', place: 1 })
    expect(told.at(-1)).toMatchObject({ lab: 'c', event: 'run', data: { id: c.id, place: 1 } })
  })

  it('serves labs in turns: one that queues many does not hold up the others, and is told so', async () => {
    const many = Array.from({ length: 4 }, () => runs.start(plan({}, 'greedy')))
    const b = runs.start(plan({}, 'b'))
    const c = runs.start(plan({}, 'c'))
    await turn()
    const place = async (run: Run | undefined) => (await state(run?.id ?? ''))?.place
    expect(await Promise.all([b, c, many[1], many[2], many[3]].map(place))).toEqual([1, 2, 3, 4, 5])
    expect(told).toContainEqual(
      expect.objectContaining({
        event: 'run',
        data: expect.objectContaining({ id: many[3]?.id, place: 5 }) as unknown,
      }),
    )

    const order: string[] = []
    while (spawned.length > order.length) {
      const { run, on } = spawned[order.length] ?? {}
      order.push(run ?? '')
      on?.told(end(1))
      await turn()
    }
    expect(order).toEqual([many[0], b, c, many[1], many[2], many[3]].map((run) => run?.id))
  })

  it('lets 20 labs wait behind one, each with its place, and has run all of them in the end', async () => {
    const all = Array.from({ length: QUEUE + 1 }, (_, n) => runs.start(plan({}, `lab-${n}`)))
    await turn()
    const places = await Promise.all(all.map(async ({ id }) => (await state(id))?.place))
    expect(places).toEqual([undefined, ...Array.from({ length: QUEUE }, (_, n) => n + 1)])
    for (let n = 0; n < all.length; n += 1) {
      spawned[n]?.on.told(end(1))
      await turn()
    }
    expect(spawned.map(({ run }) => run)).toEqual(all.map(({ id }) => id))
    expect(await Promise.all(all.map(({ id }) => status(id)))).toEqual(all.map(() => 'done'))
  })

  it('has the server count for a run while it runs, and no longer', async () => {
    const run = runs.start(plan())
    await turn()
    expect(lab('lab').tallies.get(run.id)).toBe(run.tally)
    run.tally.originCalls = 7
    spawned[0]?.on.told(end(10))
    await turn()
    expect(lab('lab').tallies.size).toBe(0)
    expect(await state(run.id)).toMatchObject({ report: { originCalls: 7 } })
  })

  const startIn = (name: string) => {
    try {
      runs.start(plan({}, name))
      return 'started'
    } catch (error) {
      return error instanceof Problem ? `${error.code} ${error.headers['retry-after']}` : error
    }
  }

  it('is full with 20 waiting: of 50 at once, 29 are told to come back', async () => {
    const codes = Array.from({ length: 50 }, (_, n) => startIn(`lab-${n}`))
    expect(codes.filter((code) => code === 'started').length).toBe(QUEUE + 1)
    expect(codes.filter((code) => code === 'queue-full 10').length).toBe(29)
  })

  it('gives one lab half of the places at most, and others one each, however often the first refills it', async () => {
    const fill = () =>
      Array.from({ length: QUEUE }, () => startIn('greedy')).filter((code) => code === 'started').length
    expect(fill()).toBe(1 + QUEUE / 2)
    const others = Array.from({ length: 5 }, (_, n) => runs.start(plan({}, `lab-${n}`)))
    await turn()
    for (let n = 0; n < others.length; n += 1) {
      fill()
      spawned[n]?.on.told(end(1))
      await turn()
    }
    expect(spawned.slice(1).map(({ run }) => run)).toEqual(others.map(({ id }) => id))
    expect(startIn('one-more')).toBe('started')
  })

  it('goes on after a run that failed', async () => {
    const [a, b] = [runs.start(plan()), runs.start(plan())]
    await turn()
    spawned[0]?.on.failed(new Error('out of memory'))
    await turn()
    expect(await state(a.id)).toMatchObject({ status: 'failed', reason: 'out of memory' })
    expect(await status(b.id)).toBe('running')
  })

  it('goes on after a generator that could not even be started', async () => {
    let tries = 0
    const refusing = createRuns({
      hosts: hostedBy('http://127.0.0.1:9'),
      clock,
      lab,
      store: noStore,
      answeredBesides,
      versions: {},
      spawn(job, on) {
        tries += 1
        if (tries === 1) throw new Error('no more threads')
        return spawn(job, on)
      },
    })
    const [a, b] = [refusing.start(plan()), refusing.start(plan())]
    await turn()
    expect(await refusing.state(a.id)).toMatchObject({ status: 'failed', reason: 'no more threads' })
    expect(spawned.map(({ run }) => run)).toEqual([b.id])
    await refusing.close()
  })

  it('stops what runs and what waits, again and again', async () => {
    const [a, b] = [runs.start(plan()), runs.start(plan())]
    await turn()
    expect(await runs.stop(b.id)).toBe(true)
    expect(await status(b.id)).toBe('stopped')
    expect(await runs.stop(a.id)).toBe(true)
    expect(await state(a.id)).toMatchObject({ status: 'stopped', reason: 'asked', report: { requests: 3 } })
    expect(await runs.stop(a.id)).toBe(true)
    expect(await runs.stop('0'.repeat(32))).toBe(false)
  })

  it('stops a run while its lab is still being emptied', async () => {
    let emptied = () => {}
    labs.set('slow', { ...lab('slow'), clear: () => new Promise((done) => (emptied = done)) })
    const run = runs.start(plan({}, 'slow'))
    await turn()
    await runs.stop(run.id)
    emptied()
    await turn()
    expect(await status(run.id)).toBe('stopped')
    expect(spawned).toEqual([])
  })

  it('runs cold though Redis is away, and says so', async () => {
    labs.set('away', { ...lab('away'), clear: () => Promise.reject(new Error('away')) })
    const run = runs.start(plan({}, 'away'))
    await turn()
    spawned[0]?.on.told(end(1))
    expect(await state(run.id)).toMatchObject({
      status: 'done',
      reason: expect.stringContaining('Redis') as string,
    })
  })
})

describe('the conditions of a run', () => {
  it('hold when it started, in UTC', async () => {
    const { id } = runs.start(plan({}, 'a'))
    const waits = runs.start(plan({}, 'b'))
    await turn()
    expect((await state(id))?.report.startedAt).toBe(new Date(clock.now()).toISOString())
    expect((await state(waits.id))?.report.startedAt).toBeNull()
    const before = clock.now()
    clock.advance(5_000)
    spawned[0]?.on.told(end(10))
    await turn()
    expect((await state(id))?.report.startedAt).toBe(new Date(before).toISOString())
    expect((await state(waits.id))?.report.startedAt).toBe(new Date(clock.now()).toISOString())
  })

  it('hold what else ran in the same time, and no lab’s name', async () => {
    elsewhere = { a: 100 }
    const { id } = runs.start(plan({}, 'a'))
    runs.start(plan({}, 'secret-lab'))
    await turn()
    expect((await state(id))?.report.alongside).toBeNull()
    elsewhere = { a: 107 }
    spawned[0]?.on.told(end(10))
    const report = (await state(id))?.report
    expect(report?.alongside).toMatchObject({ requests: 7, queuedRuns: 1 })
    expect(JSON.stringify(report)).not.toContain('secret-lab')
  })
})

describe('a lab of which a process hangs', () => {
  const hangs = () =>
    labs.set('hung', {
      ...lab('hung'),
      clear: () => Promise.reject(problem('process-unresponsive', { detail: 'The worker has not answered for 2 s.' })),
    })

  it('fails a cold run that the process might answer, with the code, and lets the next one run', async () => {
    hangs()
    for (const where of [
      { host: 'workers', strategy: 'memory' },
      { via: 'edge', strategy: 's-maxage' },
    ]) {
      const run = runs.start(plan({ resource: 'public/config', ...where }, 'hung'))
      await turn()
      expect(await state(run.id)).toMatchObject({
        status: 'failed',
        code: 'process-unresponsive',
        reason: 'The lab’s entries could not be cleared before the run: The worker has not answered for 2 s',
      })
    }
    expect(spawned).toEqual([])
    runs.start(plan())
    await turn()
    expect(spawned).toHaveLength(1)
  })

  it('runs cold what the app itself answers, and says so', async () => {
    hangs()
    const run = runs.start(plan({}, 'hung'))
    await turn()
    spawned[0]?.on.told(end(1))
    expect(await state(run.id)).toMatchObject({ status: 'done', reason: expect.stringContaining('worker') as string })
  })
})

describe('a process that ended with counts that nobody got', () => {
  it.each([
    ['says so in the report of a run that it answered', { via: 'edge', strategy: 's-maxage' }, 1],
    ['leaves the report of a run alone that it did not answer', { strategy: 'memory' }, 0],
  ])('%s', async (_title, where, lost) => {
    const run = runs.start(plan({ resource: 'public/config', ...where }))
    await turn()
    const tally = lab('lab').tallies.get(run.id)
    if (tally) tally.lost += 1
    spawned[0]?.on.told(end(1))
    const { report, reason = '' } = (await state(run.id)) ?? {}
    expect([report?.lost, reason.includes('origin calls')]).toEqual([lost, lost > 0])
  })
})

describe('the hosts of a run', () => {
  const at = (hosts: Hosts) => {
    runs = createRuns({ hosts, clock, lab, store: noStore, spawn, answeredBesides, versions: {} })
  }
  const lease = (over: Partial<Lease> = {}): Lease => ({
    addresses: ['http://127.0.0.1:9'],
    settle: async () => {},
    close() {},
    ...over,
  })

  it('are opened for it, asked by its generator, and given back at its end', async () => {
    const opened: unknown[] = []
    let closed = 0
    const addresses = ['http://127.0.0.1:91', 'http://127.0.0.1:92', 'http://127.0.0.1:93']
    const open: Hosts['open'] = async ({ via, host, workers }) => {
      opened.push([via, host, workers])
      return lease({ addresses, close: () => (closed += 1) })
    }
    at({ open })
    const run = runs.start(plan({ host: 'workers', workers: 3 }))
    await turn()
    expect(opened).toEqual([['direct', 'workers', 3]])
    expect(spawned[0]?.addresses).toEqual(addresses)
    expect(closed).toBe(0)
    spawned[0]?.on.told(end(1))
    expect(await status(run.id)).toBe('done')
    expect(closed).toBe(1)
  })

  it('fail the run with their reason where there are none, and the next has its turn', async () => {
    let tries = 0
    const open = async () => {
      tries += 1
      if (tries === 1) throw new Error('no worker could be started')
      return lease()
    }
    at({ open })
    const [a, b] = [runs.start(plan()), runs.start(plan())]
    await turn()
    expect(await state(a.id)).toMatchObject({ status: 'failed', reason: 'no worker could be started' })
    expect(await status(b.id)).toBe('running')
  })

  it('are given back unused where the run was stopped meanwhile', async () => {
    let give = () => {}
    let closed = 0
    at({ open: () => new Promise((opened) => (give = () => opened(lease({ close: () => (closed += 1) })))) })
    const run = runs.start(plan())
    await turn()
    await runs.stop(run.id)
    give()
    expect(await state(run.id)).toMatchObject({ status: 'stopped', reason: 'asked' })
    expect({ closed, spawned: spawned.length }).toEqual({ closed: 1, spawned: 0 })
  })

  it('tell what they have counted before the report is made', async () => {
    let settled = () => {}
    const settle = () => new Promise<void>((done) => (settled = done))
    at({ open: async () => lease({ settle }) })
    const run = runs.start(plan({ host: 'workers' }))
    await turn()
    spawned[0]?.on.told(end(1))
    expect(await status(run.id)).toBe('running')
    tallyOthers(run.tally, 'worker-1', { originCalls: 4, answers: 1, ageSumMs: 0, ageMaxMs: 0 })
    settled()
    expect(await state(run.id)).toMatchObject({ status: 'done', report: { originCalls: 4 } })
  })

  it('that cannot tell are named in the run, which is over all the same', async () => {
    at({ open: async () => lease({ settle: () => Promise.reject(new Error('gone')) }) })
    const run = runs.start(plan())
    await turn()
    spawned[0]?.on.told(end(1))
    expect(await state(run.id)).toMatchObject({ status: 'done', reason: expect.stringContaining('gone') as string })
  })
})

describe('the lab', () => {
  it('hears of runs that ended in good order, and not of those that were stopped or failed', async () => {
    const [done, failed, stopped] = [runs.start(plan()), runs.start(plan()), runs.start(plan())]
    await turn()
    spawned[0]?.on.told(end(10))
    await turn()
    spawned[1]?.on.failed(new Error('out of memory'))
    await turn()
    await runs.stop(stopped.id)
    expect(await Promise.all([status(failed.id), status(stopped.id)])).toEqual(['failed', 'stopped'])
    expect(reported).toEqual([done.id])
  })
})

describe('bounds', () => {
  it('stops a run that nobody has watched for 30 s, if it asked for that', async () => {
    const run = runs.start(plan({ stopUnwatched: true }))
    const waiting = runs.start(plan({ stopUnwatched: true }, 'other'))
    await turn()
    viewers.set('other', 1)
    clock.advance(UNWATCHED_MS - 1)
    runs.look()
    expect(await status(run.id)).toBe('running')
    clock.advance(1)
    runs.look()
    expect(await state(run.id)).toMatchObject({ status: 'stopped', reason: 'unwatched' })
    await turn()
    expect(await status(waiting.id)).toBe('running')
  })

  it('never stops one for want of a stream that did not ask for it', async () => {
    const run = runs.start(plan())
    await turn()
    clock.advance(UNWATCHED_MS * 2)
    runs.look()
    expect(await status(run.id)).toBe('running')
  })

  it('takes a viewer of the run’s own stream for one, too', async () => {
    const run = runs.start(plan({ stopUnwatched: true }))
    await turn()
    run.viewers = 1
    clock.advance(UNWATCHED_MS * 2)
    runs.look()
    expect(await status(run.id)).toBe('running')
    run.viewers = 0
    clock.advance(UNWATCHED_MS)
    runs.look()
    expect(await status(run.id)).toBe('stopped')
  })

  it('gives a run with a time of its own 15 s beyond it', async () => {
    const run = runs.start(plan({ durationMs: 1_000, warmupMs: 500 }))
    await turn()
    clock.advance(16_499)
    runs.look()
    expect(await status(run.id)).toBe('running')
    clock.advance(1)
    runs.look()
    expect(await state(run.id)).toMatchObject({ status: 'stopped', reason: 'time limit' })
  })

  it('stops what runs and what waits when the app ends', async () => {
    const [a, b] = [runs.start(plan()), runs.start(plan())]
    await turn()
    await runs.close()
    expect(spawned.map(({ run, stopped }) => ({ run, stopped }))).toEqual([{ run: a.id, stopped: true }])
    expect(await state(a.id)).toMatchObject({ status: 'stopped', reason: 'the app was stopped' })
    expect(await state(b.id)).toMatchObject({ status: 'stopped', reason: 'the app was stopped' })
  })

  it('has stored what ran and what waited, with the metrics so far, once the app has closed them', async () => {
    const stored = new Map<string, RunState>()
    const save = async (state: RunState) => {
      await turn()
      stored.set(state.id, state)
    }
    runs = createRuns({
      hosts: hostedBy('x'),
      clock,
      lab,
      store: { ...noStore, save },
      spawn,
      answeredBesides: () => 0,
      versions: {},
    })
    const [a, b] = [runs.start(plan()), runs.start(plan())]
    await turn()
    await runs.close()
    expect(stored.get(a.id)).toMatchObject({ status: 'stopped', report: { requests: 3 } })
    expect(stored.get(b.id)).toMatchObject({ status: 'stopped', reason: 'the app was stopped' })
  })

  it('stores a run whose generator says nothing, with the metrics so far, when the app ends', async () => {
    const stored: RunState[] = []
    const save = async (state: RunState) => void stored.push(state)
    const mute: Spawn = (_, { told: tell }) => {
      tell(progress(7))
      return { stop() {} }
    }
    runs = createRuns({
      hosts: hostedBy('x'),
      clock,
      lab,
      store: { ...noStore, save },
      spawn: mute,
      answeredBesides: () => 0,
      versions: {},
    })
    const { id } = runs.start(plan())
    await turn()
    await runs.close()
    expect(stored).toMatchObject([{ id, status: 'stopped', report: { requests: 7 } }])
  })

  it('ends a run that takes too long', async () => {
    const run = runs.start(plan({ requests: 200_000 }))
    await turn()
    clock.advance(TIME_LIMIT_MS)
    runs.look()
    expect(await state(run.id)).toMatchObject({ status: 'stopped', reason: 'time limit' })
  })

  it('does not mind that the time of day is set anew', async () => {
    let now = clock.now()
    const jumping = createRuns({
      hosts: hostedBy('http://127.0.0.1:9'),
      clock: { ...clock, now: () => now },
      lab,
      store: noStore,
      spawn,
      answeredBesides,
      versions: {},
    })
    const run = jumping.start(plan({ stopUnwatched: true, requests: 200_000 }))
    await turn()
    now += 86_400_000
    jumping.look()
    expect((await jumping.state(run.id))?.status).toBe('running')
    await jumping.close()
  })

  it('keeps the snapshots of the last 20 runs that ended, and the reports of 200', async () => {
    const ids: string[] = []
    for (let i = 0; i < 25; i += 1) {
      const { id } = runs.start(plan())
      ids.push(id)
      await turn()
      spawned.at(-1)?.on.told(progress(i))
      spawned.at(-1)?.on.told(end(i))
      await turn()
    }
    expect(ids.map((id) => runs.held(id)?.snapshots.length)).toEqual(
      Array.from({ length: 25 }, (_, i) => (i < 5 ? 0 : 1)),
    )
    expect(runs.held(ids[0] ?? '')?.dropped).toBe(1)
    expect(await state(ids[0] ?? '')).toMatchObject({ status: 'done', report: { outcomes: { miss: 0 } } })
    expect(await state(ids[3] ?? '')).toMatchObject({ status: 'done', report: { requests: 3 } })
  })

  it('keeps the last snapshots of a run, and no more', async () => {
    const run = runs.start(plan())
    await turn()
    for (let i = 0; i < SNAPSHOTS + 50; i += 1) spawned[0]?.on.told(progress(i))
    expect(run.snapshots.length).toBe(SNAPSHOTS)
    expect(run.snapshots.at(-1)?.total.requests).toBe(SNAPSHOTS + 49)
  })
})
