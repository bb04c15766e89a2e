import { describe, expect, it } from 'vitest'
import { planRun } from './config'
import { nothingMeasured } from './figures'
import type { Told } from './job'
import { newRun, reportOf, takeProgress } from './run'

const progress = (atMs: number): Extract<Told, { kind: 'progress' }> => {
  const figures = { ...nothingMeasured, requests: 1, durationMs: 100, throughput: 10, staleRate: null }
  return { kind: 'progress', atMs, progress: 0, window: figures, measured: figures }
}
const run = () => newRun('id', planRun({ resource: 'slow-value', strategy: 'none' }, 'lab'), {}, 0)

describe('takeProgress', () => {
  it('counts origin calls of the last ten snapshots in the window, and all in the whole', () => {
    const running = run()
    const seen = Array.from({ length: 25 }, (_, n) => {
      running.tally.originCalls += n < 12 ? 3 : 1
      return takeProgress(running, progress(n))
    })
    expect(seen[4]).toMatchObject({ window: { originCalls: 15 }, total: { originCalls: 15 } })
    expect(seen[11]).toMatchObject({ window: { originCalls: 30 }, total: { originCalls: 36 } })
    expect(seen[24]).toMatchObject({ window: { originCalls: 10 }, total: { originCalls: 49 } })
  })

  it('leaves a warm-up out of the report', () => {
    const warming = run()
    expect(takeProgress(warming, progress(-1)).phase).toBe('warm-up')
    expect(reportOf(warming)).toMatchObject({ requests: 0, durationMs: 0 })
    expect(takeProgress(warming, progress(0)).phase).toBe('measuring')
    expect(reportOf(warming)).toMatchObject({ requests: 1, durationMs: 100 })
  })
})
