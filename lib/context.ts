import { setTimeout } from 'node:timers/promises'
import type { CourseExercise } from './checks/exercise'
import type { EventSink } from './http/sse'
import type { Lab } from './lab/lab'
import { type Labs, openLabs } from './lab/labs'
import { type NotebookStore, notebookStore } from './notebook/store'
import { type Database, openDatabase } from './origin/database'
import { dropEdits } from './origin/edits'
import type { Origin } from './origin/origin'
import { openRates, type Rates } from './origin/rates'
import { type Clock, systemClock } from './reading'
import { openRedis, type RedisClient } from './redis/client'
import { resources } from './resources'
import { hostedBy } from './runs/hosts'
import { createRuns, type Runs } from './runs/runs'
import { type Spawn, spawnGenerator } from './runs/spawn'
import { runStore } from './runs/store'
import type { Settings } from './settings'
import { versions } from './versions'

/** How often idle labs are looked for. */
const SWEEP_MS = 60_000
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
  rates: Rates
  spawn: Spawn
  /** The exercises of the course. lib knows no lessons: whoever opens the context hands them in. */
  exercises: readonly CourseExercise[]
}

/** Open the clients that `settings` name, and the labs and runs over them. Nothing connects before it is used. */
export function openContext(settings: Settings, seams: Partial<Seams> = {}): Context {
  const { clock = systemClock, wait = setTimeout, rates = openRates(settings.rates), spawn = spawnGenerator } = seams
  const redis = openRedis(settings.redis)
  const database = openDatabase(settings.postgres)
  const notebook = notebookStore(database, clock)
  const labs = openLabs({
    clock,
    redis,
    resources,
    exercises: seams.exercises ?? [],
    // Best effort: with Postgres away or the notebook full it is in the browser's notebook alone.
    note: (learner, item) => void notebook.note(learner, item).catch(() => {}),
    // Best effort: with Postgres away the edits stay until the lab is dropped a second time, or for good.
    dropped: (lab) => void dropEdits(database, lab).catch(() => {}),
  })
  const runs = createRuns({
    hosts: hostedBy(settings.address),
    clock,
    lab: (id) => labs.get(id),
    store: runStore(database),
    spawn,
    versions: { ...versions, redis: settings.redis.name, postgres: settings.postgres.name },
  })
  const sinks = new Set<EventSink>()
  const sweep = setInterval(() => labs.sweep(), SWEEP_MS)
  sweep.unref()

  return {
    settings,
    clock,
    labs,
    redis,
    database,
    rates,
    runs,
    notebook,
    worker: String(process.pid),
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
      await Promise.allSettled([runs.close(), redis.close(), database.close(), rates.close()])
    },
  }
}
