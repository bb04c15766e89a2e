import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import type { Told } from './job'
import { follow } from './spawn'

/** What becomes of a load generator's thread, whatever it does. */

const thread = (source: string) =>
  new Worker(`const { parentPort } = require('node:worker_threads'); setInterval(() => {}, 1000); ${source}`, {
    eval: true,
  })
const END = "parentPort.postMessage({ kind: 'end' })"

it('ends the thread with its run, though it has more to do', async () => {
  const worker = thread(END)
  const told: Told[] = []
  follow(worker, { told: (each) => told.push(each), failed: () => told.push({ kind: 'end' } as Told) })
  await once(worker, 'exit')
  expect(told).toEqual([{ kind: 'end' }])
})

it.each([
  ['throws', 'throw new Error("broken")', 'broken'],
  ['rejects', 'Promise.reject(new Error("broken"))', 'broken'],
  ['leaves', 'process.exit(0)', 'The load generator ended before its run did.'],
])('says once that it failed when the thread %s', async (_how, source, message) => {
  const worker = thread(source)
  const failures: string[] = []
  follow(worker, { told: () => {}, failed: (error) => failures.push(error.message) })
  // Not `once`, which rejects on the error that is expected here.
  await new Promise((exited) => worker.on('exit', exited))
  expect(failures).toEqual([message])
})

it('ends a thread that was asked to stop and does not hear', async () => {
  const worker = thread('for (;;);')
  const failures: string[] = []
  const exited = new Promise((done) => worker.on('exit', done))
  follow(worker, { told: () => {}, failed: (error) => failures.push(error.message) }, 50).stop()
  await exited
  expect(failures).toEqual(['The load generator ended before its run did.'])
})
