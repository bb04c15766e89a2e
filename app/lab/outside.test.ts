import { describe, expect, it } from 'vitest'
import type { LabCounters, LabEvent } from '@/lib/lab/events'
import { gatherOutside, nothingOutside, outsideFigures, outsideKey } from './outside'
import { initialLab, receive, type StreamMessage } from './state'

const base = { resource: 'tasks/{id}', strategy: 'redis', kind: 'hit', outside: true, at: 0 } as const
const rows = (...each: Partial<LabEvent>[]) => each.map((row, i) => ({ seq: i + 1, ...base, ...row }) as LabEvent)
const key = outsideKey(base)

describe('requests from outside', () => {
  it('are gathered by resource and strategy: outcomes only, and none of a page or a run', () => {
    const outside = gatherOutside(
      nothingOutside,
      rows(
        { durMs: 2 },
        { durMs: 1, tier: 'origin', kind: 'origin' },
        { durMs: 4, kind: 'miss' },
        { durMs: 9, outside: undefined, run: 'r1' },
        { durMs: 7, strategy: 'none' },
      ),
    )
    expect(outside[key]).toMatchObject({ requests: 2, minMs: 2, maxMs: 4, sumMs: 6 })
    expect(outside[outsideKey({ ...base, strategy: 'none' })]).toMatchObject({ requests: 1, maxMs: 7 })
  })

  it('have percentiles within 1.3 % of the sorted truth, and the bins of a report', () => {
    const times = Array.from({ length: 2_000 }, (_, n) => 0.05 * 1.003 ** n)
    // In batches, as they come.
    let outside = nothingOutside
    for (let n = 0; n < times.length; n += 150) {
      outside = gatherOutside(outside, rows(...times.slice(n, n + 150).map((durMs) => ({ durMs }))))
    }
    const load = outside[key]
    if (!load) throw new Error('nothing was gathered')
    const { latencyMs, distribution } = outsideFigures(load)
    for (const [name, part] of [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const truth = times[Math.ceil(times.length * part) - 1] ?? 0
      expect(Math.abs(latencyMs[name] / truth - 1)).toBeLessThan(0.013)
    }
    expect(latencyMs.mean).toBeCloseTo(times.reduce((sum, time) => sum + time, 0) / times.length, 6)
    expect(distribution.reduce((sum, bin) => sum + bin.count, 0)).toBe(2_000)
    for (const { fromMs, toMs, count } of distribution) {
      const inside = times.filter((time) => time >= fromMs && time < toMs).length
      // An edge is written in four digits: what lies on it may be on either side.
      expect(Math.abs(inside - count)).toBeLessThanOrEqual(1)
    }
  })

  it('begin anew after a pause', () => {
    const first = gatherOutside(nothingOutside, rows({ durMs: 1, at: 1_000 }, { durMs: 1, at: 2_000 }))
    expect(gatherOutside(first, rows({ durMs: 1, at: 11_000 }))[key]?.requests).toBe(3)
    expect(gatherOutside(first, rows({ durMs: 1, at: 13_000 }))[key]).toMatchObject({ requests: 1, from: 13_000 })
  })

  it('leave what was gathered before as it was', () => {
    const before = gatherOutside(nothingOutside, rows({ durMs: 1 }))
    const held = before[key]?.fine.join()
    gatherOutside(before, rows({ durMs: 1 }))
    expect(before[key]?.fine.join()).toBe(held)
    expect(gatherOutside(before, rows({ durMs: 1, outside: undefined }))).toBe(before)
  })
})

describe('a page that reads the stream', () => {
  const counters = {} as LabCounters
  const events = (...each: LabEvent[]): StreamMessage => ({
    event: 'events',
    data: { rows: each, omitted: 0, counters },
  })
  const [one, two, nine] = [1, 2, 9].map((seq) => ({ ...base, seq, durMs: 1 }) as LabEvent)
  if (!one || !two || !nine) throw new Error('three rows')

  it('counts each row once, and knows how many were left out', () => {
    const state = [events(one, two), events(two), events(nine)].reduce(receive, initialLab)
    expect(state.outside[key]).toMatchObject({ requests: 3, omitted: 6 })
  })

  it('begins anew with another server', () => {
    const hello = (epoch: string): StreamMessage => ({
      event: 'hello',
      data: { lab: 'a', epoch, worker: '1', counters, attempts: [] },
    })
    const before = [hello('x'), events(one)].reduce(receive, initialLab)
    expect(receive(before, hello('x')).outside[key]?.requests).toBe(1)
    expect(receive(before, hello('y')).outside).toEqual({})
  })
})
