import { describe, expect, it } from 'vitest'
import type { RunRequest } from '@/lib/runs/config'
import { usableUnless } from '@/lib/runs/usable'
import { type Ab, type AbAction, noAb, pairsOf, reduceAb, turnOf } from './ab'

const configs = { A: { strategy: 'none' }, B: { strategy: 'redis' } } as unknown as Record<'A' | 'B', RunRequest>
const begin: AbAction = { kind: 'begin', pairs: 2, configs }
const report = (run: string, p50 = 1) =>
  ({
    kind: 'done',
    report: {
      run,
      latencyMs: { p50, p99: 2 * p50 },
      throughput: 100,
      hitRate: 0.5,
      originCalls: 7,
      errors: 0,
      usable: usableUnless(),
    },
  }) as AbAction
const play = (...actions: AbAction[]): Ab => actions.reduce(reduceAb, noAb)
const started = (run: string): AbAction => ({ kind: 'started', run })
const turn = (ab: Ab) => {
  const next = turnOf(ab)
  return next && `${next.side}${next.pair}`
}

describe('an A/B', () => {
  it('takes turns A B A B, and is over after its pairs', () => {
    const runs = ['r1', 'r2', 'r3', 'r4']
    const order: (string | undefined)[] = []
    const ab = runs.reduce((before, run) => {
      order.push(turn(before))
      return reduceAb(reduceAb(before, started(run)), report(run))
    }, play(begin))
    expect(order).toEqual(['A1', 'B1', 'A2', 'B2'])
    expect(ab).toMatchObject({ status: 'over', run: undefined })
    expect(turn(ab)).toBeUndefined()
    expect(ab.ended.map(({ run }) => run)).toEqual(runs)
  })

  it('goes on after a run that failed, and leaves its pair out', () => {
    const ab = play(
      begin,
      started('r1'),
      report('r1', 10),
      started('r2'),
      { kind: 'failed', run: 'r2', why: 'the generator died' },
      started('r3'),
      report('r3', 30),
      started('r4'),
      report('r4', 15),
    )
    expect(ab.status).toBe('over')
    expect(ab.ended[1]).toEqual({ run: 'r2', failed: 'the generator died' })
    expect(pairsOf(ab)).toMatchObject([{ pair: 2, A: { p50: 30, p99: 60 }, B: { p50: 15 } }])
  })

  it('stops with what it has, and takes the same turn again', () => {
    const stopped = play(begin, started('r1'), report('r1'), started('r2'), { kind: 'stop', why: 'You stopped it.' })
    expect(stopped).toMatchObject({ status: 'stopped', why: 'You stopped it.', run: undefined })
    // The run that was stopped still ends, and tells.
    expect(reduceAb(stopped, report('r2'))).toBe(stopped)
    const again = reduceAb(stopped, { kind: 'resume' })
    expect([again.status, turn(again), again.why]).toEqual(['running', 'B1', undefined])
    expect(pairsOf(play(begin, started('r1'), report('r1')))).toEqual([])
  })

  it('does not hear of a run that is not its own, nor of one twice', () => {
    const ab = play(begin, started('r1'))
    expect(reduceAb(ab, report('other'))).toBe(ab)
    expect(reduceAb(ab, { kind: 'failed', run: 'other', why: '' })).toBe(ab)
    expect(reduceAb(ab, started('r2')).run).toBe('r1')
    const after = reduceAb(ab, report('r1'))
    expect(reduceAb(after, report('r1'))).toBe(after)
  })

  it.each([
    [1, 2],
    [2, 2],
    [10, 10],
    [99, 10],
    [Number.NaN, 4],
  ])('of %d pairs makes %d', (asked, made) => {
    expect(play({ ...begin, pairs: asked }).pairs).toBe(made)
  })

  it('begins anew with nothing of the last', () => {
    const ab = reduceAb(play(begin, started('r1'), report('r1')), begin)
    expect(ab).toMatchObject({ status: 'running', ended: [] })
    expect([ab.run, turn(ab)]).toEqual([undefined, 'A1'])
  })
})
