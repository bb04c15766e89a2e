import { describe, expect, it } from 'vitest'
import type { Report } from '../runs/report'
import { hit, judge, report } from '../testing/evidence'
import { beforeAndAfter } from './before-and-after'

const check = beforeAndAfter()
const latencyMs = (mean: number) => ({ count: 1_000, min: 1, mean, p50: 2, p90: 3, p95: 4, p99: 5, p999: 6, max: 6 })

const uncached = (over: Partial<Report> = {}, config: Partial<Report['config']> = {}) =>
  report(
    { run: 'before', hitRate: 0, originCalls: 1_000, durationMs: 10_000, latencyMs: latencyMs(200), ...over },
    { strategy: 'none', ...config },
  )

describe('before and after', () => {
  it('passes when one thing changed and all went down', () => {
    const { status, goals } = judge(check, uncached(), report())
    expect(status).toBe('passed')
    expect(goals.map(({ seen }) => seen)).toEqual([
      '1,000 requests over 20 connections for slow-value with none',
      '1,000 requests over 20 connections for slow-value with memory',
      'whole time 10,000 ms → 1,000 ms, mean round trip 200 ms → 2.00 ms, calls to the origin 1,000 calls → 20 calls',
    ])
  })

  it('takes the TTL for a part of the strategy', () => {
    expect(judge(check, uncached({}, { ttl: 60 }), report({}, { ttl: 5 })).status).toBe('passed')
  })

  it('fails when the conditions differ, and says in what', () => {
    const wrong = [uncached(), report({ run: 'after' }, { connections: 50 }), report()]
    const { status, goals, broken } = judge(check, ...wrong)
    expect(status).toBe('failed')
    expect(goals.map(({ mark }) => mark)).toEqual([undefined, 'broken', undefined])
    expect(broken).toEqual({
      expected: 'the conditions of the run before: 1,000 requests over 20 connections for slow-value with none',
      found: 'The run with memory differed in more than its strategy: connections',
      run: 'after',
    })
  })

  it.each([
    ['whole time', { durationMs: 10_001 }, 'The run with memory had 10,001 ms'],
    ['mean round trip', { latencyMs: latencyMs(200) }, 'The run with memory had 200 ms'],
    ['calls to the origin', { originCalls: 1_000 }, 'The run with memory had 1,000 calls'],
  ])('fails when the %s did not go down', (figure, over, found) => {
    const { status, broken } = judge(check, uncached(), report(over))
    expect(status).toBe('failed')
    expect(broken?.expected).toContain(`less of the ${figure} than`)
    expect(broken?.found).toBe(found)
  })

  it('fails when answers were lost on the way', () => {
    expect(judge(check, uncached(), report({ errors: 3 })).broken?.found).toBe('The run with memory had 3 errors')
  })

  it('takes the last run without a cache, and passes over what cannot be compared', () => {
    const otherwise = uncached({}, { connections: 50 })
    const elsewhere = report({}, { resource: 'exchange' })
    const timed = report({}, { requests: undefined, durationMs: 5_000 })
    expect(judge(check, report(), hit(1)).status).toBe('open')
    expect(judge(check, otherwise, elsewhere, timed, uncached(), report()).status).toBe('passed')
  })
})
