import { Worker } from 'node:worker_threads'
import type { Job, Told } from './job'

/** A load generator at work. */
export interface Generator {
  /** End it, with the figures it has. It still tells its end. */
  stop(): void
}

/** Start a generator. At last comes either an `end`, as the last thing told, or `failed`, and only once. */
export type Spawn = (job: Job, on: { told(told: Told): void; failed(error: Error): void }) => Generator

/** A generator that was asked to stop and says nothing for this long is ended. */
const STOP_MS = 2_000

/** Start a load generator in a thread of its own. Next bundles the thread from this very expression. */
export const spawnGenerator: Spawn = (job, on) =>
  follow(new Worker(new URL('./generator.ts', import.meta.url), { workerData: job, execArgv: [] }), on)

/**
 * Follow a generator's thread. One that ends without an end has failed, and takes nothing with it.
 * @param stopMs how long it may take to stop before it is ended.
 */
export function follow(worker: Worker, on: Parameters<Spawn>[1], stopMs = STOP_MS): Generator {
  let over = false
  const fail = (error: Error) => {
    if (!over) on.failed(error)
    over = true
  }
  worker.on('message', (told: Told) => {
    if (over) return
    over = told.kind === 'end'
    // It has nothing more to say, and nothing of it may stay.
    if (over) void worker.terminate()
    on.told(told)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The load generator ended before its run did.')))
  return {
    stop() {
      worker.postMessage('stop')
      setTimeout(() => void worker.terminate(), stopMs).unref()
    },
  }
}
