import { beforeAll, describe, expect, it } from 'vitest'
import { gatherFigures } from './figures'
import { loadHistograms } from './histogram'
import { usableUnless } from './usable'

beforeAll(loadHistograms)

const hit = (handlerMs?: number) => ({ outcome: 'hit' as const, bytes: 10, handlerMs })

describe('gatherFigures', () => {
  it('forgets in its window what is older than ten slots, and in the whole nothing', () => {
    const figures = gatherFigures(0)
    for (let i = 0; i < 100; i += 1) figures.record(hit(40), 50)
    expect(figures.slide(100)).toMatchObject({ requests: 100, durationMs: 100, throughput: 1_000 })
    for (let slot = 2; slot <= 10; slot += 1) {
      figures.record(hit(1), 2)
      const window = figures.slide(slot * 100)
      expect(window.requests).toBe(100 + slot - 1)
      // The samples of all slots count as one crowd: a mean of percentiles would be near 2.
      expect(window.latencyMs.p50).toBeCloseTo(50, 0)
      expect(window.handlerMs?.p50).toBeCloseTo(40, 0)
    }
    figures.record(hit(1), 2)
    const window = figures.slide(1_100)
    expect(window).toMatchObject({ requests: 10, durationMs: 1_000, throughput: 10, hitRate: 1 })
    expect(window.latencyMs.p99).toBeCloseTo(2, 1)
    expect(window.handlerMs?.p99).toBeCloseTo(1, 1)

    const whole = figures.measured(1_100)
    expect(whole).toMatchObject({ requests: 110, bytes: 1_100, durationMs: 1_100, throughput: 100 })
    expect(whole.latencyMs.p50).toBeCloseTo(50, 0)
  })

  it('is within 1 % of sorted truth over the last second', () => {
    const figures = gatherFigures(0)
    const recent: number[] = []
    for (let slot = 0; slot < 25; slot += 1) {
      for (let i = 0; i < 200; i += 1) {
        const ms = 0.1 + (((slot * 200 + i) * 7919) % 5000) / 100
        if (slot >= 15) recent.push(ms)
        figures.record(hit(), ms)
      }
      if (slot < 24) figures.slide(slot * 100 + 100)
    }
    const { latencyMs } = figures.slide(2_500)
    const sorted = recent.toSorted((a, b) => a - b)
    for (const [name, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0
      expect(Math.abs(latencyMs[name] - exact) / exact, name).toBeLessThan(0.01)
    }
  })

  it('counts what could not be sent as an error that has no latency', () => {
    const figures = gatherFigures(0)
    figures.record(hit(), 1)
    figures.overflow()
    expect(figures.measured(1_000)).toMatchObject({
      requests: 2,
      errors: 1,
      hitRate: 1,
      failures: { status: 0, overflow: 1 },
    })
    expect(figures.measured(1_000).latencyMs.max).toBeCloseTo(1, 2)
    expect(figures.measured(1_000).distribution).toEqual([{ fromMs: 1, toMs: 1.212, count: 1 }])
    expect(figures.slide(100)).toMatchObject({ requests: 2, errors: 1 })
  })

  it('keeps what errors took apart from the latency of the others', () => {
    const figures = gatherFigures(0)
    const failed = { outcome: 'error' as const, bytes: 0, failure: 'timeout' as const, handlerMs: 9_000 }
    for (let i = 0; i < 3; i += 1) figures.record(hit(1), 2)
    for (let i = 0; i < 97; i += 1) figures.record(failed, 10_000)
    figures.recordWrite({ outcome: 'error', bytes: 0, failure: 'timeout' }, 10_000)
    figures.recordWrite(hit(), 4)
    const { latencyMs, serviceMs, failedLatencyMs, handlerMs, distribution, writes } = figures.measured(1_000)
    expect([latencyMs.count, serviceMs.count, handlerMs?.count, failedLatencyMs.count]).toEqual([3, 3, 3, 97])
    expect(writes.latencyMs.count).toBe(1)
    for (const { max } of [latencyMs, serviceMs, writes.latencyMs]) expect(max).toBeLessThan(5)
    expect(handlerMs?.max).toBeLessThan(2)
    expect(failedLatencyMs.min).toBeGreaterThan(9_000)
    expect(distribution).toMatchObject([{ count: 3 }])
    expect(figures.slide(100).latencyMs.p99).toBeLessThan(3)
  })

  it('knows no handler time if no answer tells of one', () => {
    const figures = gatherFigures(0)
    figures.record(hit(), 2)
    expect([figures.measured(1_000).handlerMs, figures.slide(100).handlerMs]).toEqual([null, null])
  })

  it('keeps the service time beside the latency, and writes apart from both', () => {
    const figures = gatherFigures(0)
    figures.record(hit(), 190, 10)
    figures.recordWrite({ outcome: 'error', bytes: 0, failure: 'status' }, 5)
    const measured = figures.measured(1_000, 0.5, true)
    expect(measured.latencyMs.max).toBeCloseTo(190, 0)
    expect(measured.serviceMs.max).toBeCloseTo(10, 1)
    expect(measured).toMatchObject({ requests: 1, errors: 0, writes: { requests: 1, errors: 1 } })
    expect(measured.percentiles.at(-1)?.ms).toBeCloseTo(190, 0)
    // Read only when all is over: it takes as long as a hundred requests.
    expect(figures.measured(1_000).percentiles).toEqual([])
  })

  it('tells a generator that kept its rate from one that did not', () => {
    const onTime = gatherFigures(0)
    for (let i = 0; i < 1_000; i += 1) onTime.paced(i < 5 ? 40 : 0.1)
    expect(onTime.measured(1_000, 1)).toMatchObject({ generator: { busy: null, usable: true }, usable: usableUnless() })
    const late = gatherFigures(0)
    for (let i = 0; i < 1_000; i += 1) late.paced(i < 50 ? 40 : 0.1)
    const { generator, usable } = late.measured(1_000)
    expect(usable).toMatchObject({
      ok: false,
      reasons: [{ code: 'sent-late', words: expect.stringContaining('late') as string }],
    })
    expect(generator).toMatchObject({ usable: false, why: usable.reasons[0]?.words })
    expect(generator.pacingMs?.p99).toBeCloseTo(40, 0)

    // A pause of the machine makes a few of a short run late, and says nothing of the rest.
    const short = (lateOnes: number) => {
      const figures = gatherFigures(0)
      for (let i = 0; i < 200; i += 1) figures.paced(i < lateOnes ? 40 : 0.1)
      return figures.measured(1_000).usable.ok
    }
    expect([short(9), short(12)]).toEqual([true, false])

    const closed = gatherFigures(0)
    for (let i = 0; i < 99; i += 1) closed.record(hit(), 1)
    // Too few to tell a busy generator from one that opens its connections.
    expect(closed.measured(1_000, 0.99)).toMatchObject({ generator: { busy: 0.99 }, usable: usableUnless() })
    closed.record(hit(), 1)
    expect(closed.measured(1_000, 0.5).generator).toEqual({ pacingMs: null, busy: 0.5, usable: true })
    expect(closed.measured(1_000, 0.99).usable).toEqual(usableUnless('generator-busy'))
  })
})
