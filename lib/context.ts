import { setTimeout } from 'node:timers/promises'
import type { CourseExercise } from './checks/exercise'
import type { EventSink } from './http/sse'
import { countAnswered } from './lab/answered'
import type { Lab } from './lab/lab'
import { type Labs, openLabs } from './lab/labs'
import { type NotebookStore, notebookStore } from './notebook/store'
import { type Database, openDatabase } from './origin/database'
import { dropEdits, removeLeftEdits } from './origin/edits'
import type { Origin } from './origin/origin'
import { openRates, type Rates } from './origin/rates'
import { openProcesses, type Processes } from './processes/processes'
import { type Clock, systemClock } from './reading'
import { openRedis, type RedisClient } from './redis/client'
import { resources } from './resources'
import { createRuns, type Runs } from './runs/runs'
import { type Spawn, spawnGenerator } from './runs/spawn'
import { runStore } from './runs/store'
import type { Totals } from './runs/tally'
import type { Settings } from './settings'
import { versions } from './versions'

/** How often idle labs and processes are looked for. */
const SWEEP_MS = 60_000
/** Sweeps from one removal of old rows in Postgres to the next: an hour. */
const REMOVAL_SWEEPS = 60
/** Event streams that the app serves at once. */
const STREAMS = 200

/** All that a request needs beside itself. One a process; handlers get it passed in. */
export interface Context {
  settings: Settings
  clock: Clock
  labs: Labs
  redis: RedisClient
  database: Database
  rates: Rates
  runs: Runs
  /** The processes beside this one. */
  processes: Processes
  notebook: NotebookStore
  /** The process that answers: `X-Worker`. */
  worker: string
  origin(lab: Lab): Origin
  streams: {
    /** Whether one more may be opened. */
    room(): boolean
    add(sink: EventSink): void
  }
  /** End streams, runs and connections. */
  close(): Promise<void>
}

/** What tests put in the place of time, of other people's servers, and of what only a bundler can start. */
export interface Seams {
  clock: Clock
  /** Wait so many milliseconds. */
  wait(ms: number): Promise<unknown>
  redis: RedisClient
  rates: Rates
  spawn: Spawn
  /** The exercises of the course. lib knows no lessons: whoever opens the context hands them in. */
  exercises: readonly CourseExercise[]
  /** This process is one of those beside the app: it tells of its labs, and has no other beside itself. */
  beside: {
    opened(lab: Lab): void
    /** Where it counts for a run of the app's. */
    tallyOf(lab: string, run: string): Totals
  }
}

/** Open the clients that `settings` name, and the labs and runs over them. Nothing connects before it is used. */
export function openContext(settings: Settings, seams: Partial<Seams> = {}): Context {
  const { clock = systemClock, wait = setTimeout, rates = openRates(settings.rates), spawn = spawnGenerator } = seams
  const { redis = openRedis(settings.redis) } = seams
  const database = openDatabase(settings.postgres)
  const notebook = notebookStore(database, clock)
  const worker = String(process.pid)
  const { beside } = seams
  const processes = openProcesses({ settings, clock, lab: (id) => labs.get(id) })
  const answered = countAnswered()
  const labs = openLabs({
    clock,
    redis,
    resources,
    exercises: seams.exercises ?? [],
    worker,
    elsewhere: beside ? undefined : processes.elsewhere,
    tallyOf: beside?.tallyOf,
    queued: (id) => runs.queued(id),
    opened(lab) {
      answered.opened(lab)
      beside?.opened(lab)
    },
    // Best effort: with Postgres away or the notebook full it is in the browser's notebook alone.
    note: (learner, item) => void notebook.note(learner, item).catch(() => {}),
    // Best effort: with Postgres away the edits stay until they're too old. A lab that is idle here may be in use in the
    // app.
    dropped(lab) {
      answered.dropped(lab)
      if (!beside) void dropEdits(database, lab).catch(() => {})
    },
  })
  const runsKept = runStore(database)
  const runs = createRuns({
    hosts: processes.hosts,
    clock,
    lab: (id) => labs.get(id),
    store: runsKept,
    answeredBesides: answered.besides,
    spawn,
    versions: { ...versions, redis: settings.redis.name, postgres: settings.postgres.name },
  })
  const sinks = new Set<EventSink>()
  /** Best effort: the next one takes what this one couldn't. */
  const removeOld = () =>
    Promise.allSettled([removeLeftEdits(database, labs.names()), runsKept.removeOld(), notebook.removeOld()])
  let sweeps = 0
  const sweep = setInterval(() => {
    labs.sweep()
    processes.look()
    // The first sweep is for what was left before this start. Processes beside the app leave it to the app.
    if (!beside && sweeps++ % REMOVAL_SWEEPS === 0) void removeOld()
  }, SWEEP_MS)
  sweep.unref()

  return {
    settings,
    clock,
    labs,
    redis,
    database,
    rates,
    runs,
    processes,
    notebook,
    worker,
    origin: (lab) => ({
      lab: lab.id,
      database,
      rates,
      now: clock.now,
      async delay(ms) {
        const start = clock.elapsed()
        if (ms > 0) await wait(ms)
        return clock.elapsed() - start
      },
    }),
    streams: {
      room: () => sinks.size < STREAMS,
      add(sink) {
        sinks.add(sink)
        sink.closed.addEventListener('abort', () => sinks.delete(sink))
      },
    },
    async close() {
      clearInterval(sweep)
      for (const sink of sinks) sink.close()
      // First of all: what runs have to store needs Postgres, and what they count may be in a worker.
      await runs.close()
      await Promise.allSettled([processes.close(), redis.close(), database.close(), rates.close()])
    },
  }
}
