import { describe, expect, it } from 'vitest'
import { testRun } from '@/app/runs/testing'
import { NO_LATENCY, type Snapshot } from '@/lib/runs/report'
import { reportCsv, reportSoFar, rowsOf, writeRow } from './report-rows'

const stale = { requests: 20, rate: 0.125, ageMs: { p50: 40, p95: 900, max: 2_500 } }

/** The lines of a report about stale reads, as they are written. */
const staleRows = (report: ReturnType<typeof testRun>) =>
  rowsOf([report])
    .filter(({ id }) => id.startsWith('stale'))
    .map((row) => `${row.name}: ${writeRow(row, report)}`.replaceAll('\u202f', ' '))

describe('a line about a latency', () => {
  const written = (id: string, over: Parameters<typeof testRun>[0]) => {
    const report = testRun(over)
    const row = rowsOf([report]).find((each) => each.id === id)
    return row && writeRow(row, report).replaceAll('\u202f', ' ')
  }
  const { latencyMs } = testRun()

  it('is marked as an estimate if fewer than ten requests lie beyond it', () => {
    expect(written('round_trip_p99_ms', { latencyMs: { ...latencyMs, count: 1_000 } })).toBe('5.00 ms')
    expect(written('round_trip_p99_ms', { latencyMs: { ...latencyMs, count: 999 } })).toBe('≈ 5.00 ms')
    expect(written('round_trip_max_ms', { latencyMs: { ...latencyMs, count: 1 } })).toBe('6.00 ms')
    expect(reportCsv(testRun({ latencyMs: { ...latencyMs, count: 300 } }))).toContain(
      'estimates,round_trip_p99_ms round_trip_p999_ms\r\n',
    )
  })

  it('is a dash if no request is behind it', () => {
    expect(written('handler_p50_ms', { handlerMs: null })).toBe('–')
    expect(written('round_trip_p50_ms', { latencyMs: NO_LATENCY })).toBe('–')
    expect(reportCsv(testRun({ handlerMs: null }))).toContain('handler_p50_ms,\r\n')
  })
})

describe('the lines about stale reads', () => {
  it('are there for a run with writes, with how long they were stale', () => {
    expect(staleRows(testRun({ stale }))).toEqual([
      'Stale reads: 12.5 %',
      'Stale for, p50: 40.0 ms',
      'Stale for, p95: ≈ 900 ms',
      'Stale for, longest: 2.5 s',
    ])
    expect(reportCsv(testRun({ stale }))).toContain('stale_rate,0.125\r\nstale_age_p50_ms,40\r\n')
  })

  it('say that none was, and nothing of a run that wrote nothing', () => {
    const none = { requests: 0, rate: 0, ageMs: { p50: 0, p95: 0, max: 0 } }
    expect(staleRows(testRun({ stale: none }))).toEqual(['Stale reads: 0 %'])
    expect(staleRows(testRun())).toEqual([])
  })

  it('follow a run that goes on', () => {
    const report = testRun({ stale: { ...stale, rate: 0 } })
    const total = { ...report, staleRate: 0.5 } as unknown as Snapshot['total']
    const snapshot = { run: report.run, atMs: 100, phase: 'measuring', progress: 0.5, window: total, total } as unknown
    expect(reportSoFar(report, snapshot as Snapshot).stale?.rate).toBe(0.5)
    expect(reportSoFar(testRun(), snapshot as Snapshot).stale).toBe(null)
  })
})
