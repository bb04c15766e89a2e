import { describe, expect, it } from 'vitest'
import type { LabEvent } from '@/lib/lab/events'
import { appendRows, emptyLog } from './log'

const row = (seq: number): LabEvent => ({
  seq,
  at: seq,
  kind: 'hit',
  resource: 'slow-value',
  key: 'slow-value',
  strategy: 'memory',
  request: seq,
  worker: '1',
})
const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => row(from + i))

describe('the log a page keeps', () => {
  it('holds at most its limit, the newest, and counts what went', () => {
    const log = appendRows(appendRows(emptyLog, rows(1, 4), 5), rows(5, 8), 5)
    expect(log.rows.map(({ seq }) => seq)).toEqual([4, 5, 6, 7, 8])
    expect(log).toMatchObject({ last: 8, dropped: 3, omitted: 0 })
  })
  it('passes over rows that a reopened stream sends again', () => {
    const log = appendRows(appendRows(emptyLog, rows(1, 4)), rows(2, 6))
    expect(log.rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(log.omitted).toBe(0)
  })
  it('counts the rows that never came', () => {
    const log = appendRows(appendRows(emptyLog, rows(1, 2)), rows(10, 11))
    expect(log.omitted).toBe(7)
  })
  it('does not call rows from before it looked left out', () => {
    expect(appendRows(emptyLog, rows(100, 101)).omitted).toBe(0)
  })
  it('is the same object when nothing is new', () => {
    const log = appendRows(emptyLog, rows(1, 2))
    expect(appendRows(log, rows(1, 2))).toBe(log)
  })
})
