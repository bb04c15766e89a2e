import { describe, expect, it } from 'vitest'
import { command, hit, judge, miss, report } from '../testing/evidence'
import { allOf } from './all-of'
import { isBenchmark } from './command'
import { commandRecorded } from './command-recorded'
import { inOrder } from './in-order'
import { rowsShow } from './rows-show'

const check = allOf(
  inOrder({
    resource: 'tasks/{id}',
    steps: [
      { say: 'A miss', expects: 'a miss', is: ({ outcome }) => outcome === 'miss' },
      { say: 'A hit', expects: 'a hit', is: ({ outcome }) => outcome === 'hit' },
    ],
  }),
  commandRecorded({ say: 'A benchmark', expects: 'a benchmark', is: isBenchmark }),
)

describe('all of several checks', () => {
  it('passes when all have, in whatever order, with the goals of each', () => {
    const verdict = judge(check, miss(1), command('hey localhost:3000'), hit(2))
    expect(verdict.status).toBe('passed')
    expect(verdict.goals.map(({ say, done }) => [say, done])).toEqual([
      ['A miss', true],
      ['A hit', true],
      ['A benchmark', true],
    ])
  })
  it('is open while one is', () => {
    expect(judge(check, miss(1), hit(2)).status).toBe('open')
    expect(judge(check, command('hey localhost:3000')).status).toBe('open')
  })
  it('fails as soon as one has, and says why', () => {
    const { status, broken } = judge(check, miss(1), miss(2))
    expect({ status, broken }).toEqual({
      status: 'failed',
      broken: { expected: 'a hit', found: '#2 was a miss, 0.0 s after #1', request: 2 },
    })
    expect(judge(check, command('ls')).broken?.found).toBe('You recorded: ls')
  })
  it('is the same state where nothing concerns it', () => {
    const both = allOf(check, rowsShow({ say: '', expects: '', is: ({ kind }) => kind === 'eviction' }))
    for (const evidence of [report(), ...hit(1, { run: 'run-1' })]) {
      expect(both.reduce(both.initial, evidence)).toBe(both.initial)
    }
  })
})
