import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { Problem, problem } from '../http/problem'
import type { LabStreamEvents } from '../lab/events'
import type { Clock } from '../reading'
import { resourcePath } from '../resources/common'
import { watchAlongside } from './alongside'
import { QUEUE, TIME_LIMIT_MS, UNWATCHED_MS } from './bounds'
import type { Plan } from './config'
import type { Hosts, Lease } from './hosts'
import type { Job, OwnCaches, Told } from './job'
import type { Alongside, Report, RunState, RunStatus, Snapshot } from './report'
import { dropSnapshots, isOver, newRun, type Run, reportOf, stateOf, takeProgress, usesProcesses } from './run'
import { keyOf } from './samples'
import type { Generator, Spawn } from './spawn'
import type { RunStore } from './store'
import type { Tally } from './tally'
import { createTurns } from './turns'

/** Runs that have ended and are still in memory; older ones are in the store alone. */
const KEPT = 200
/** Of these, so many with their snapshots and requests: those of a long run are a megabyte. */
const KEPT_WHOLE = 20
/** How often it is looked whether runs are watched and within their time. */
const LOOK_MS = 500
/** Bodies that the writes of a run send in turns. */
const BODIES = 100
/** What a run with a time of its own may take beyond it, for requests under way at its end. */
const OVERTIME_MS = 15_000

/** How long the report waits for what other processes have counted, and for that and all else where the app ends. */
const SETTLE_MS = 5_000
const CLOSE_MS = 3_000

const LOST =
  'A worker or the edge ended before it had sent all that it had counted, so the origin calls of this run may be too low'

/** The part of a lab that its runs need. */
export interface RunLab {
  clear(): Promise<void>
  viewers(): number
  tallies: Map<string, Tally>
  /** Takes what the own caches of a run's clients have served so far. */
  servedByClients(run: string, own: OwnCaches): void
  reported(report: Report): void
  broadcast<E extends keyof LabStreamEvents>(event: E, data: LabStreamEvents[E]): void
}

/** The load runs of this process: one at a time, since two at once would measure each other, and in fair turns. */
export interface Runs {
  /** Queues a run. Throws `queue-full` if the queue, or its lab's share of it, has no place. */
  start(plan: Plan): Run
  /** Counts a lab's runs in the queue. */
  queued(lab: string): number
  /** The run as this process holds it. */
  held(id: string): Run | undefined
  /** Its state; from the store where this process holds it no more. */
  state(id: string): Promise<RunState | undefined>
  /** Loads how a finished run went over time; empty if that isn't stored. Rejects if Postgres is unavailable. */
  series(id: string): Promise<Snapshot[]>
  /** Stop it, if it is not over. False where there is no such run. */
  stop(id: string): Promise<boolean>
  /** Look whether runs are watched and within their time; called twice a second. */
  look(): void
  /** Stops what runs and what waits, and stores it: nothing is lost unless Postgres is unavailable. Takes 3 s at most. */
  close(): Promise<void>
}

/** The run whose turn it is. */
interface Turn {
  run: Run
  lease?: Lease
  generator?: Generator
  /** What its generator asks for, by key. */
  paths?: readonly string[]
  /** Why it is being stopped. */
  stopping?: string
  /** Tells what else ran since its generator was started. */
  alongside?(): Alongside
  /** Called at its end. */
  ended?(): void
}

/** Open the runs of this process, against the hosts that each asks for. */
export function createRuns(parts: {
  hosts: Hosts
  clock: Clock
  lab(id: string): RunLab
  store: RunStore
  spawn: Spawn
  /** Counts the requests that all labs but one have answered. */
  answeredBesides(lab: string): number
  /** Said in each report: of what is measured and of what measures it, by name. */
  versions: Record<string, string>
}): Runs {
  const { hosts, clock, lab, store, spawn, answeredBesides, versions } = parts
  const ended = new LRUCache<string, Run>({ max: KEPT })
  const line = createTurns<Run>(({ plan }) => plan.config.lab)
  let current: Turn | undefined

  /** Reports on their way into the store. */
  const saving = new Set<Promise<void>>()

  const queued = (id: string) => line.waiting().filter(({ plan }) => plan.config.lab === id).length
  const place = (run: Run) => line.waiting().indexOf(run) + 1 || undefined
  const tell = (run: Run) => lab(run.plan.config.lab).broadcast('run', stateOf(run, place(run)))
  const held = (id: string) =>
    current?.run.id === id ? current.run : (line.waiting().find((run) => run.id === id) ?? ended.get(id))

  function over(run: Run, status: RunStatus, reason?: string): void {
    run.status = status
    run.requests ??= []
    run.reason = reason ?? run.reason ?? (reportOf(run).lost > 0 ? LOST : undefined)
    ended.set(run.id, run)
    for (const older of [...ended.values()].slice(KEPT_WHOLE)) dropSnapshots(older)
    const home = lab(run.plan.config.lab)
    home.tallies.delete(run.id)
    tell(run)
    home.broadcast('report', reportOf(run))
    if (status === 'done') home.reported(reportOf(run))
    // Best effort: if Postgres is unavailable, the run is known for as long as this process remembers it.
    const saved: Promise<void> = store
      .save(stateOf(run, undefined), run.series.points())
      .catch(() => {})
      .finally(() => saving.delete(saved))
    saving.add(saved)
  }

  async function next(): Promise<void> {
    const run = current ? undefined : line.next()
    if (!run) return
    const turn: Turn = { run }
    current = turn
    line.waiting().forEach(tell)
    run.status = 'running'
    run.startedAt = clock.elapsed()
    run.startedOn = new Date(clock.now()).toISOString()
    const home = lab(run.plan.config.lab)
    home.tallies.set(run.id, run.tally)
    tell(run)
    if (run.plan.config.start === 'cold') {
      const failure = await home.clear().catch((error: unknown) => error)
      if (failure instanceof Problem) {
        // Without a period, as all reasons.
        run.reason = `The lab’s entries could not be cleared before the run: ${failure.message.replace(/\.$/, '')}`
        // What answers this run may still serve them, so it would not be cold.
        if (usesProcesses(run.plan.config)) {
          run.code = failure.code
          return finish(turn, 'failed', run.reason)
        }
      } else if (failure !== undefined)
        run.reason = 'Redis was unavailable, so its entries were not cleared before the run'
    }
    const failed = (error: Error) => finish(turn, 'failed', error.message)
    try {
      // A stop may have come while the lab was emptied, and again while the hosts were opened.
      if (!turn.stopping) turn.lease = await hosts.open(run.plan.config)
      if (turn.stopping || !turn.lease) return finish(turn, 'stopped', turn.stopping)
      const job = jobOf(run, turn.lease.addresses)
      turn.paths = job.paths
      run.hosts = job.addresses.length
      turn.alongside = watchAlongside({
        queuedRuns: () => line.size,
        requests: () => answeredBesides(run.plan.config.lab),
      })
      turn.generator = spawn(job, { told: (told) => take(turn, told), failed })
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)))
    }
  }

  function take(turn: Turn, told: Told): void {
    const { run, stopping } = turn
    if (told.own) lab(run.plan.config.lab).servedByClients(run.id, told.own)
    if (told.kind === 'progress') {
      lab(run.plan.config.lab).broadcast('snapshot', takeProgress(run, told))
      return
    }
    run.measured = told.measured
    run.alongside = turn.alongside?.()
    run.requests = told.samples.map((sample) => ({ ...sample, key: keyOf(turn.paths?.[sample.key] ?? '/') }))
    const ended = () => finish(turn, stopping ? 'stopped' : 'done', stopping)
    if (!turn.lease) ended()
    else void settle(run, turn.lease).then(ended)
  }

  /** Wait for what other processes have counted, but not for ever. */
  async function settle(run: Run, lease: Lease): Promise<void> {
    const late = new AbortController()
    await Promise.race([lease.settle(), setTimeout(SETTLE_MS, 'late', { signal: late.signal, ref: false })])
      .then((ended) => {
        if (ended === 'late') run.reason = `The hosts did not tell within ${SETTLE_MS} ms what they had counted`
      })
      .catch((error: unknown) => {
        run.reason = `The hosts did not tell what they had counted: ${error instanceof Error ? error.message : String(error)}`
      })
      .finally(() => late.abort())
  }

  function finish(turn: Turn, status: RunStatus, reason?: string): void {
    if (current !== turn) return
    current = undefined
    turn.lease?.close()
    over(turn.run, turn.stopping ? 'stopped' : status, turn.stopping ?? reason)
    turn.ended?.()
    void next()
  }

  function stop(run: Run, reason: string): void {
    if (current?.run === run) {
      current.stopping ??= reason
      current.generator?.stop()
      return
    }
    if (!line.remove(run)) return
    over(run, 'stopped', reason)
    line.waiting().forEach(tell)
  }

  const jobOf = ({ id, plan: { config, resource, strategy } }: Run, addresses: string[]): Job => ({
    run: id,
    addresses,
    // What is measured through the edge is the edge: each request is another visitor's.
    cached: strategy.http && config.via === 'direct',
    bodies: config.writes > 0 ? Array.from({ length: BODIES }, (_, n) => JSON.stringify(resource.write?.nth(n))) : [],
    paths: Array.from({ length: config.keys.count }, (_, n) =>
      resourcePath(
        resource,
        { ...config.params, ...(config.keys.kind === 'one' ? {} : resource.keys?.nth(n)) },
        { cache: config.strategy, ttl: config.ttl, lab: config.lab },
      ),
    ),
    config,
  })

  const looking = setInterval(look, LOOK_MS)
  looking.unref()
  function look(): void {
    // Not the time of day, which may be set anew.
    const now = clock.elapsed()
    for (const run of [...(current ? [current.run] : []), ...line.waiting()]) {
      const { config } = run.plan
      if (run.viewers > 0 || lab(config.lab).viewers() > 0) run.watchedAt = now
      if (config.stopUnwatched && now - run.watchedAt >= UNWATCHED_MS) stop(run, 'unwatched')
      const limit = config.durationMs === undefined ? TIME_LIMIT_MS : config.durationMs + config.warmupMs + OVERTIME_MS
      if (run.startedAt !== undefined && now - run.startedAt >= limit) stop(run, 'time limit')
    }
  }

  return {
    start(plan) {
      const free = QUEUE - line.size
      if (free <= 0) throw queueFull('The queue of runs has no free place.')
      // A threshold that falls as the queue fills (Choudhury and Hahne, 1998): whichever labs fill it, and however often,
      // a lab with no run in it finds a place until there's none at all.
      const own = queued(plan.config.lab)
      if (own >= free) throw queueFull(`This lab has ${own} runs in the queue. The ${free} free places are for others.`)
      const run = newRun(randomBytes(16).toString('hex'), plan, versions, clock.elapsed())
      line.add(run)
      // A lab's first run comes before another's second, which then has one more before it.
      line.waiting().forEach(tell)
      void next()
      return run
    },
    queued,
    held,
    async state(id) {
      const run = held(id)
      return run ? stateOf(run, place(run)) : store.load(id)
    },
    series: (id) => store.series(id),
    async stop(id) {
      const run = held(id)
      if (run && !isOver(run)) stop(run, 'asked')
      return run !== undefined || (await store.load(id)) !== undefined
    },
    look,
    async close() {
      clearInterval(looking)
      for (let run = line.next(); run; run = line.next()) over(run, 'stopped', APP_STOPPED)
      await soon(endCurrent())
      // One whose hosts, or whose generator, say nothing is stored with the metrics that it has.
      if (current) finish(current, 'stopped', APP_STOPPED)
      await soon(Promise.all(saving))
    },
  }

  async function endCurrent(): Promise<void> {
    const turn = current
    if (!turn) return
    turn.stopping ??= APP_STOPPED
    const ended = new Promise<void>((resolve) => {
      turn.ended = resolve
    })
    turn.generator?.stop()
    await ended
  }
}

const APP_STOPPED = 'the app was stopped'

const queueFull = (detail: string) => problem('queue-full', { detail }, { headers: { 'retry-after': '10' } })

/** Waits for `work`, but not longer than {@link CLOSE_MS} allows for one of two steps. */
async function soon(work: Promise<unknown>): Promise<void> {
  const late = new AbortController()
  await Promise.race([work, setTimeout(CLOSE_MS / 2, undefined, { signal: late.signal, ref: false })]).finally(() =>
    late.abort(),
  )
}
