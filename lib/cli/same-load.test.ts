import { describe, expect, it } from 'vitest'
import { planRun } from '../runs/config'
import { nothingMeasured } from '../runs/figures'
import type { Report } from '../runs/report'
import { comparable, described } from './same-load'

function reportOf(config: object, throughput: number): Report {
  const plan = planRun(
    { resource: 'slow-value', strategy: 'memory', connections: 20, durationMs: 2_000, ...config },
    'a',
  )
  return { ...nothingMeasured, config: plan.config, throughput } as unknown as Report
}

describe('comparable', () => {
  it('accepts the same load in another lab, for another time, watched or not', () => {
    const other = reportOf({ durationMs: 9_000, stopUnwatched: true, lab: 'b' }, 950)
    expect(comparable(reportOf({}, 1_000), other)).toEqual([])
  })

  it.each([
    [{ strategy: 'none' }, 'strategy is "memory" in one and "none" in the other'],
    [{ connections: 10 }, 'connections is 20 in one and 10 in the other'],
    [{ start: 'warm' }, 'start is "cold" in one and "warm" in the other'],
  ])('names the option that differs: %o', (config, words) => {
    expect(comparable(reportOf({}, 1_000), reportOf(config, 1_000))).toEqual([words])
  })

  it.each([
    [1_239, 97],
    [97, 1_239],
    [1_000, 799],
  ])('refuses rates more than 20%% apart: %d and %d', (one, other) => {
    expect(comparable(reportOf({}, one), reportOf({}, other))).toEqual([`the rates are ${one} and ${other} requests/s`])
  })

  it('refuses runs that got no responses at all', () => {
    expect(comparable(reportOf({}, 0), reportOf({}, 0))).toHaveLength(1)
  })
})

it('describes what ran', () => {
  expect(described(reportOf({}, 1_166))).toBe(
    'slow-value by memory, closed loop, 20 connections: 1166 requests/s, 0 in all, hit rate 0.0%',
  )
})
