import { parentPort, workerData } from 'node:worker_threads'
import { generate } from './generate'
import { loadHistograms } from './histogram'
import type { Job } from './job'
import { rehearse } from './rehearse'

/** The load generator's thread: it has its own event loop, so that it does not wait for what it measures. */
const stop = new AbortController()
parentPort?.once('message', () => stop.abort())
await loadHistograms()
const job = workerData as Job
await rehearse(job)
await generate(job, (told) => parentPort?.postMessage(told), stop.signal)
parentPort?.close()
