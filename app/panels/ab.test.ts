import { describe, expect, it } from 'vitest'
import type { RunRequest } from '@/lib/runs/config'
import { usableUnless } from '@/lib/runs/usable'
import {
  type Ab,
  type AbAction,
  drawTurns,
  leftOut,
  noAb,
  pairsOf,
  reduceAb,
  requestOf,
  seedOf,
  type Turn,
  turnOf,
} from './ab'

const configs = { A: { strategy: 'none' }, B: { strategy: 'redis' } } as unknown as Record<'A' | 'B', RunRequest>
/** A seed that draws A B, then B A. */
const SEED = 2
const begin: AbAction & { kind: 'begin' } = { kind: 'begin', pairs: 2, seed: SEED, configs }
const report = (run: string, p50 = 1, ok = true) =>
  ({
    kind: 'done',
    report: {
      run,
      latencyMs: { p50, p99: 2 * p50 },
      throughput: 100,
      hitRate: 0.5,
      originCalls: 7,
      errors: 0,
      usable: ok ? usableUnless() : usableUnless('generator-busy'),
    },
  }) as AbAction
const play = (...actions: AbAction[]): Ab => actions.reduce(reduceAb, noAb)
const started = (run: string): AbAction => ({ kind: 'started', run })
const turn = (ab: Ab) => {
  const next = turnOf(ab)
  return next && `${next.side}${next.pair}`
}

describe('an A/B', () => {
  it('takes the turns that its seed drew, and is over after its pairs', () => {
    const runs = ['r1', 'r2', 'r3', 'r4']
    const order: (string | undefined)[] = []
    const ab = runs.reduce((before, run) => {
      order.push(turn(before))
      return reduceAb(reduceAb(before, started(run)), report(run))
    }, play(begin))
    expect(order).toEqual(drawTurns(2, SEED).map(({ side, pair }) => `${side}${pair}`))
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
    expect(pairsOf(ab)).toMatchObject([{ pair: 2, first: 'B', A: { p50: 15 }, B: { p50: 30, p99: 60 } }])
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

  it('leaves a pair out whose metrics are unusable, and runs it again when asked', () => {
    const over = play(
      begin,
      started('r1'),
      report('r1', 10),
      started('r2'),
      report('r2', 20, false),
      started('r3'),
      report('r3', 30),
      started('r4'),
      report('r4', 15),
    )
    expect([over.status, leftOut(over)]).toEqual(['over', [1]])
    expect(pairsOf(over).map(({ pair }) => pair)).toEqual([2])
    const again = reduceAb(over, { kind: 'again' })
    expect([again.status, turn(again), again.ended.map(({ run }) => run)]).toEqual(['running', 'A1', ['r3', 'r4']])
    const done = [started('r5'), report('r5', 1), started('r6'), report('r6', 2)].reduce(reduceAb, again)
    expect([done.status, leftOut(done)]).toEqual(['over', []])
    expect(pairsOf(done)).toMatchObject([
      { pair: 1, A: { p50: 1 }, B: { p50: 2 } },
      { pair: 2, A: { p50: 15 }, B: { p50: 30 } },
    ])
    expect(reduceAb(done, { kind: 'again' })).toBe(done)
  })

  it('begins anew with nothing of the last', () => {
    const ab = reduceAb(play(begin, started('r1'), report('r1')), begin)
    expect(ab).toMatchObject({ status: 'running', ended: [] })
    expect([ab.run, turn(ab)]).toEqual([undefined, 'A1'])
  })
})

describe('turns', () => {
  const firsts = (turns: Turn[]) => turns.filter((_, i) => i % 2 === 0).map(({ side }) => side)
  it('hold both sides of each pair, half of the pairs with A first', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const turns = drawTurns(6, seed)
      expect(turns.map(({ pair }) => pair)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
      for (let pair = 1; pair <= 6; pair += 1) {
        expect(new Set(turns.filter((each) => each.pair === pair).map(({ side }) => side)).size).toBe(2)
      }
      expect(firsts(turns).filter((side) => side === 'A')).toHaveLength(3)
    }
  })
  it('come in random order: the same for the same seed, each order for some seed', () => {
    expect(drawTurns(4, 7)).toEqual(drawTurns(4, 7))
    const orders = Array.from({ length: 200 }, (_, seed) => firsts(drawTurns(4, seed)).join(''))
    expect(new Set(orders).size).toBe(6)
    // The odd pair starts with either side.
    const odd = Array.from(
      { length: 50 },
      (_, seed) => firsts(drawTurns(3, seed)).filter((side) => side === 'A').length,
    )
    expect(new Set(odd)).toEqual(new Set([1, 2]))
  })
  it('post the same seed for both runs of a pair, and another for each pair', () => {
    const runs = ['r1', 'r2', 'r3', 'r4']
    const posted: (number | undefined)[] = []
    runs.reduce((ab, run) => {
      posted.push(requestOf(ab)?.keys?.seed)
      return reduceAb(reduceAb(ab, started(run)), report(run))
    }, play(begin))
    expect(posted).toEqual([SEED, SEED, SEED + 1, SEED + 1])
    expect(requestOf(noAb)).toBeUndefined()
    // The last seed is followed by the first.
    expect([1, 2].map((pair) => seedOf({ seed: 2_147_483_647 }, pair))).toEqual([2_147_483_647, 0])
  })
})
