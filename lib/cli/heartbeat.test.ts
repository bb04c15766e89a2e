import { expect, test } from 'vitest'
import { startHeartbeat, type Wait } from './heartbeat'

/** A process that answers or not, beats that end when the test says so, and what was called. */
function rig() {
  const called: string[] = []
  const waiting: (() => void)[] = []
  let answers = true
  const wait: Wait = (_ms, signal) =>
    new Promise<void>((resolve, reject) => {
      const abort = () => reject(new Error('aborted'))
      signal.addEventListener('abort', abort)
      waiting.push(() => {
        signal.removeEventListener('abort', abort)
        resolve()
      })
    })
  const stop = startHeartbeat({
    ask: () => (answers ? Promise.resolve() : new Promise(() => {})),
    late: () => called.push('late'),
    back: () => called.push('back'),
    hung: () => called.push('hung'),
    wait,
  })
  return {
    called,
    stop,
    /** Time runs out, for every wait there is, `times` over. */
    async pass(times: number, now = answers) {
      answers = now
      for (let i = 0; i < times; i += 1) {
        await new Promise((done) => setImmediate(done))
        for (const end of waiting.splice(0)) end()
      }
      await new Promise((done) => setImmediate(done))
    },
  }
}

test('a process that answers is left alone', async () => {
  const { called, pass, stop } = rig()
  await pass(20)
  expect(called).toEqual([])
  stop()
})

test('one beat without an answer is late, and five in a row are hung', async () => {
  const { called, pass } = rig()
  await pass(1)
  await pass(1, false)
  await pass(1)
  expect(called).toEqual(['late'])
  await pass(3)
  expect(called).toEqual(['late'])
  await pass(1)
  expect(called).toEqual(['late', 'hung'])
  await pass(10)
  expect(called).toEqual(['late', 'hung'])
})

test('an answer in between is back, and the count begins at nothing', async () => {
  const { called, pass, stop } = rig()
  await pass(1)
  await pass(4, false)
  await pass(2, true)
  expect(called).toEqual(['late', 'back'])
  await pass(5, false)
  expect(called).toEqual(['late', 'back', 'late'])
  stop()
})

test('nothing is called once it is stopped', async () => {
  const { called, pass, stop } = rig()
  await pass(1)
  stop()
  await pass(20, false)
  expect(called).toEqual([])
})
