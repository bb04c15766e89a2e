import { Worker } from 'node:worker_threads'
import { follow, type Spawn } from './spawn'

/** The load generator's thread from its source, which needs the loader before anything else. */
const FROM_SOURCE = "import('tsx/esm/api').then(({ register }) => (register(), import(process.argv[2])))"

/** Start the load generator as the app does, but unbundled: for tests and the benchmark. */
export const spawnFromSource: Spawn = (job, on) =>
  follow(
    new Worker(FROM_SOURCE, {
      eval: true,
      argv: [new URL('./generator.ts', import.meta.url).href],
      workerData: job,
    }),
    on,
  )
