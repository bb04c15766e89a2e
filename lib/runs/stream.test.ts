import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventSink } from '../http/sse'
import { readEvents } from '../testing/read-events'
import { planRun } from './config'
import { nothingMeasured } from './figures'
import type { Told } from './job'
import { newRun, type Run, takeProgress } from './run'
import { runStream } from './stream'

/** A run's own stream, for readers of all kinds. Time passes when the test says so. */

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const progress = (requests: number): Extract<Told, { kind: 'progress' }> => ({
  kind: 'progress',
  atMs: requests,
  progress: 0,
  measured: { ...nothingMeasured, requests },
  window: { ...nothingMeasured, requests, staleRate: null },
})
const running = (): Run => ({
  ...newRun('id', planRun({ resource: 'slow-value', strategy: 'none' }, 'lab'), {}, 0),
  status: 'running',
})
function open(run: Run, lastEventId?: string) {
  let sink: EventSink | undefined
  const request = new Request('http://127.0.0.1/', { headers: lastEventId ? { 'last-event-id': lastEventId } : {} })
  const response = runStream(request, run, (opened) => (sink = opened))
  return { response, closed: () => sink?.closed.aborted }
}

describe('runStream', () => {
  it('holds no more than its backlog for a reader that never reads, and lets go of it after a minute', async () => {
    const run = running()
    const { response, closed } = open(run)
    for (let i = 0; i < 3_000; i += 1) {
      takeProgress(run, progress(i))
      if (i % 5 === 0) await vi.advanceTimersByTimeAsync(50)
    }
    expect(run.viewers).toBe(1)
    await vi.advanceTimersByTimeAsync(61_000)
    expect(closed()).toBe(true)
    expect(run.viewers).toBe(0)
    // What it had been sent before it fell behind: 256 KiB and the event that passed them.
    const bytes = (await response.arrayBuffer()).byteLength
    expect(bytes).toBeGreaterThan(100 * 1024)
    expect(bytes).toBeLessThan(260 * 1024)
  })

  it('catches a reader up that was behind, from what is kept', async () => {
    const run = running()
    const { response } = open(run)
    for (let i = 1; i <= 700; i += 1) takeProgress(run, progress(i))
    run.status = 'done'
    await vi.advanceTimersByTimeAsync(50)
    const events = readEvents(response)
    const first = await events.next('snapshot')
    expect(first).toMatchObject({ id: '101', data: { total: { requests: 101 } } })
    let last = first
    for (;;) {
      const next = events.any()
      await vi.advanceTimersByTimeAsync(50)
      const event = await next
      if (event?.event !== 'snapshot') {
        expect(event?.event).toBe('report')
        break
      }
      last = event
    }
    expect(last.id).toBe('700')
  })

  it('goes on after the last event that was seen', async () => {
    const run = running()
    for (let i = 1; i <= 10; i += 1) takeProgress(run, progress(i))
    const events = readEvents(open(run, '7').response)
    expect((await events.next('snapshot')).id).toBe('8')
    await events.close()
  })
})
