import { describe, expect, it } from 'vitest'
import { usableUnless } from '@/lib/runs/usable'
import { beginSweep, nextTtl, resumeSweep, stopSweep, sweepCsv, sweepFigures, sweepRows, withReport } from './sweep'
import { theoryStaleRate } from './ttl-theory'

const settings = { strategy: 'memory', rate: '40', seconds: '4', seed: '1' }
const report = (run: string, hitRate: number) => ({
  run,
  requests: 160,
  originCalls: 32,
  hitRate,
  ageMs: { mean: 40, max: 99 },
  latencyMs: { mean: 3, p95: 20 },
  stale: null,
  usable: usableUnless(),
})
const begun = { ...beginSweep(settings, [0.1, 0.5]), run: 'a' }

describe('a sweep over TTLs', () => {
  it('takes the TTLs one after another, and is over after the last', () => {
    expect(nextTtl(begun)).toBe(0.1)
    const first = withReport(begun, report('a', 0.8))
    expect(first).toMatchObject({ status: 'running', run: undefined })
    expect(nextTtl(first)).toBe(0.5)
    const second = withReport({ ...first, run: 'b' }, report('b', 0.95))
    expect(second.status).toBe('over')
    expect(second.points.map(({ ttl, hitRate }) => [ttl, hitRate])).toEqual([
      [0.1, 0.8],
      [0.5, 0.95],
    ])
  })
  it('takes no report twice, and none of another run', () => {
    expect(withReport(begun, report('z', 1))).toBe(begun)
    const first = withReport(begun, report('a', 0.8))
    expect(withReport(first, report('a', 0.8))).toBe(first)
  })
  it('measures a TTL again whose metrics are unusable, and stops if that keeps happening', () => {
    const unusable = (run: string) => ({ ...report(run, 0.8), usable: usableUnless('sent-late') })
    const once = withReport(begun, unusable('a'))
    expect(once).toMatchObject({ status: 'running', run: undefined, points: [] })
    expect(nextTtl(once)).toBe(0.1)
    expect(withReport({ ...once, run: 'b' }, report('b', 0.8)).points).toHaveLength(1)

    let often = once
    for (const run of ['b', 'c', 'd']) often = withReport({ ...often, run }, unusable(run))
    expect(often).toMatchObject({ status: 'stopped', points: [] })
    expect(often.why).toMatch(/^The metrics at TTL 0\.1 s are unusable\. The load generator sent/)
    expect(nextTtl(resumeSweep(often))).toBe(0.1)
  })
  it('keeps what it has when it is stopped, and goes on from there', () => {
    const stopped = stopSweep({ ...withReport(begun, report('a', 0.8)), run: 'b' }, 'You stopped it.')
    expect(stopped).toMatchObject({ status: 'stopped', run: undefined, why: 'You stopped it.' })
    expect(stopped.points).toHaveLength(1)
    const again = resumeSweep(stopped)
    expect(again).toMatchObject({ status: 'running', why: undefined })
    expect(nextTtl(again)).toBe(0.5)
  })
  it('puts theory beside what was measured, in figures and in CSV', () => {
    const rows = sweepRows(withReport(begun, report('a', 0.8125)))
    expect(Object.fromEntries(sweepFigures(rows))).toEqual({
      'hitRate@0.1': 81.25,
      'theory@0.1': 80,
      'age@0.1': 40,
      'mean@0.1': 3,
    })
    expect(sweepCsv(rows).split('\r\n')[1]).toBe('0.1,0.8125,0.8,40,40,99,32,160,3,20')
  })
  it('tells how much was stale where there are writes, with the theory of the reads alone beside it', () => {
    const written = { ...begun, settings: { ...settings, rate: '50', writes: '20' } }
    const stale = { rate: 0.15, ageMs: { p95: 80 } }
    const rows = sweepRows(withReport(written, { ...report('a', 0.8), stale }))
    expect(Object.fromEntries(sweepFigures(rows))).toMatchObject({ 'stale@0.1': 15, 'theory@0.1': 80 })
    const [names, cells] = sweepCsv(rows)
      .split('\r\n')
      .map((line) => line.split(','))
    expect(names?.slice(-3)).toEqual(['stale_rate', 'stale_rate_theory', 'stale_age_p95_ms'])
    expect([cells?.at(-3), cells?.at(-1)]).toEqual(['0.15', '80'])
    expect(Number(cells?.at(-2))).toBeCloseTo(theoryStaleRate(40, 10, 0.1))
  })
  it('has an empty cell and no figure where no age was told', () => {
    const rows = sweepRows(withReport(begun, { ...report('a', 0.8), ageMs: undefined }))
    expect(sweepFigures(rows).map(([name]) => name)).not.toContain('age@0.1')
    expect(sweepCsv(rows)).toContain(',,')
  })
})
