import { describe, expect, it } from 'vitest'
import type { Seen, SentRequest } from '@/lessons/lesson'
import type { Report } from '@/lib/runs/report'
import { usableUnless } from '@/lib/runs/usable'
import { addTold, nothingSeen, type Told } from './seen'

const report = (run: string, requests = 1): Told => ({
  kind: 'report',
  report: { run, requests, usable: usableUnless() } as Report,
})
const sent = (roundTripMs: number): Told => ({ kind: 'request', sent: { roundTripMs } as SentRequest })
const having = (...told: Told[]): Seen => told.reduce(addTold, nothingSeen)

describe('what an experiment has seen', () => {
  it('holds each run once, as it was last told, the oldest first', () => {
    const { reports } = having(report('a'), report('b'), report('a', 2))
    expect(reports.map(({ run, requests }) => [run, requests])).toEqual([
      ['b', 1],
      ['a', 2],
    ])
  })
  it('holds no run with unusable metrics', () => {
    const unusable: Told = { kind: 'report', report: { run: 'b', usable: usableUnless('sent-late') } as Report }
    expect(having(report('a'), unusable).reports.map(({ run }) => run)).toEqual(['a'])
    // Nothing new was seen, so nothing is measured again.
    const before = having(report('a'))
    expect(addTold(before, unusable)).toBe(before)
  })
  it('holds every request in order', () => {
    expect(having(sent(1), sent(2), sent(1)).sent.map(({ roundTripMs }) => roundTripMs)).toEqual([1, 2, 1])
  })
  it('holds the last value of each figure', () => {
    const figure = (name: string, value: number): Told => ({ kind: 'figure', name, value })
    expect(having(figure('a', 1), figure('b', 2), figure('a', 3)).figures).toEqual({ a: 3, b: 2 })
  })
  it('is bounded, and keeps the newest', () => {
    const many = having(...Array.from({ length: 500 }, (_, i) => sent(i)))
    expect(many.sent.length).toBeLessThan(500)
    expect(many.sent.at(-1)?.roundTripMs).toBe(499)
  })
})
