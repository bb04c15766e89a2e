import { describe, expect, it } from 'vitest'
import { NO_LATENCY } from './report'
import { holdAgainst, readThreshold } from './thresholds'
import { usableUnless } from './usable'

describe('readThreshold', () => {
  it.each([
    ['p95 < 50 ms', { metric: 'p95', operator: '<', value: 50 }],
    ['p95<50', { metric: 'p95', operator: '<', value: 50 }],
    ['p99.9 <= 0.25 s', { metric: 'p99.9', operator: '<=', value: 250 }],
    ['hitRate > 0.9', { metric: 'hitRate', operator: '>', value: 0.9 }],
    ['hitRate > 90 %', { metric: 'hitRate', operator: '>', value: 0.9 }],
    ['staleRate < 1 %', { metric: 'staleRate', operator: '<', value: 0.01 }],
    ['errors = 0', { metric: 'errors', operator: '=', value: 0 }],
    ['errors == 0', { metric: 'errors', operator: '=', value: 0 }],
    ['throughput >= 1200 /s', { metric: 'throughput', operator: '>=', value: 1_200 }],
  ])('reads %s', (text, threshold) => expect(readThreshold(text)).toEqual(threshold))

  it.each([
    '',
    'p95',
    'p95 50',
    'p94 < 50',
    'p95 < -1',
    'p95 < 50 %',
    'hitRate > 5 ms',
    'toString < 1',
    'constructor = 1',
    'p95 < 50 ms; rm',
  ])('takes no %j', (text) => expect(readThreshold(text)).toBeUndefined())
})

describe('holdAgainst', () => {
  const figures = { latencyMs: { ...NO_LATENCY, p95: 50, p999: 70 }, hitRate: 0.9, errors: 0 }

  it('says of each what it was held against, and whether it held', () => {
    expect(
      holdAgainst(['p95 < 50 ms', 'p95 <= 50 ms', 'p99.9 > 0.06 s', 'hitRate > 90 %', 'errors = 0'], figures),
    ).toEqual([
      { threshold: 'p95 < 50 ms', actual: 50, passed: false, judged: true },
      { threshold: 'p95 <= 50 ms', actual: 50, passed: true, judged: true },
      { threshold: 'p99.9 > 0.06 s', actual: 70, passed: true, judged: true },
      { threshold: 'hitRate > 90 %', actual: 0.9, passed: false, judged: true },
      { threshold: 'errors = 0', actual: 0, passed: true, judged: true },
    ])
  })
  it('holds the rate of stale reads, which only a run with writes has', () => {
    const judged = (stale: { rate: number } | null) => holdAgainst(['staleRate < 5 %'], { ...figures, stale })[0]
    expect(judged({ rate: 0.04 })).toMatchObject({ actual: 0.04, passed: true, judged: true })
    expect(judged({ rate: 0.05 })).toMatchObject({ actual: 0.05, passed: false, judged: true })
    expect(judged(null)).toMatchObject({ actual: null, passed: false, judged: true })
  })
  it('neither passes nor fails on unusable metrics', () => {
    const unusable = { ...figures, usable: usableUnless('sent-late') }
    expect(holdAgainst(['errors = 0', 'p95 < 50 ms'], unusable)).toEqual([
      { threshold: 'errors = 0', actual: 0, passed: false, judged: false },
      { threshold: 'p95 < 50 ms', actual: 50, passed: false, judged: false },
    ])
    expect(holdAgainst(['errors = 0'], { ...figures, usable: usableUnless() })).toMatchObject([{ passed: true }])
  })
  it('does not hold where the figure is not known', () => {
    expect(holdAgainst(['originCalls = 0'], figures)).toEqual([
      { threshold: 'originCalls = 0', actual: null, passed: false, judged: true },
    ])
  })
})
