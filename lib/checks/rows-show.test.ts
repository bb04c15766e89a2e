import { describe, expect, it } from 'vitest'
import { hit, judge, miss, report, rows } from '../testing/evidence'
import { rowsShow } from './rows-show'

const evictions = rowsShow({
  say: 'Two entries had to go',
  expects: 'two evictions',
  is: ({ kind }) => kind === 'eviction',
  times: 2,
})
const evicted = (request: number) =>
  rows(request, { kind: 'eviction', tier: 'memory', key: 'tasks/7' }, { kind: 'hit' })

describe('rows of a kind', () => {
  it('pass when there were enough of them, of runs too', () => {
    expect(judge(evictions, evicted(1), hit(2), rows(3, { kind: 'eviction', tier: 'memory', run: 'run-1' }))).toEqual({
      status: 'passed',
      goals: [{ say: 'Two entries had to go', done: true, seen: '2 times, the last #3 eviction in memory, tasks/42' }],
    })
  })

  it('are waited for, and how many there were is told', () => {
    expect(judge(evictions, evicted(1), miss(2), report())).toEqual({
      status: 'open',
      goals: [{ say: 'Two entries had to go', done: false, expects: 'two evictions (1 of 2 so far)', mark: 'next' }],
    })
  })

  it('say which tier it was and what it had to say', () => {
    const away = rowsShow({
      say: 'Redis was away',
      expects: 'a request that could not reach Redis',
      is: ({ kind, tier, detail }) => kind === 'error' && tier === 'redis' && detail === 'unavailable',
    })
    const row = { kind: 'error', tier: 'redis', detail: 'unavailable' } as const
    expect(judge(away, rows(9, row)).goals[0]?.seen).toBe('#9 error in redis, tasks/42 (unavailable)')
    expect(judge(away, rows(9, { ...row, detail: 'unparsable' })).goals[0]?.expects).toBe(
      'a request that could not reach Redis',
    )
  })
})
