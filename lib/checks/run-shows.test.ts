import { describe, expect, it } from 'vitest'
import { usableUnless } from '../runs/usable'
import { hit, judge, report } from '../testing/evidence'
import { runShows } from './run-shows'

const check = runShows({
  say: 'A run of `slow-value` with `memory`',
  which: ({ resource, strategy }) => resource === 'slow-value' && strategy === 'memory',
  shows: [
    {
      say: 'A hit rate over 90 %',
      expects: 'a hit rate over 90 %',
      is: ({ hitRate }) => hitRate > 0.9,
      found: ({ hitRate }) => `a hit rate of ${hitRate * 100} %`,
    },
    {
      say: 'At most 20 calls to the origin',
      expects: 'at most 20 calls to the origin',
      is: ({ originCalls }) => originCalls <= 20,
      found: ({ originCalls }) => `${originCalls} calls to the origin`,
    },
  ],
})

describe('a run that has to show something', () => {
  it('passes when it shows all of it', () => {
    expect(judge(check, report())).toEqual({
      status: 'passed',
      goals: [
        { say: 'A run of `slow-value` with `memory`', done: true, seen: '1,000 requests for slow-value with memory' },
        { say: 'A hit rate over 90 %', done: true, seen: 'a hit rate of 98 %' },
        { say: 'At most 20 calls to the origin', done: true, seen: '20 calls to the origin' },
      ],
      broken: undefined,
    })
  })

  it('is neither passed nor failed by a run with unusable metrics', () => {
    const usable = usableUnless('generator-busy')
    expect(judge(check, report({ usable })).status).toBe('open')
    expect(judge(check, report({ usable, originCalls: 21 })).status).toBe('open')
    expect(judge(check, report({ usable, originCalls: 21 }), report({ run: 'run-2' })).status).toBe('passed')
  })

  it('fails when it shows something else, with the run and what was found', () => {
    const failed = judge(check, report({ originCalls: 21 }), report({ run: 'run-2' }))
    expect(failed.status).toBe('failed')
    expect(failed.broken).toEqual({
      expected: 'at most 20 calls to the origin',
      found: 'The run of slow-value with memory had 21 calls to the origin',
      run: 'run-1',
    })
    expect(failed.goals.map(({ done, mark }) => [done, mark])).toEqual([
      [false, undefined],
      [false, undefined],
      [false, 'broken'],
    ])
  })

  it('lets other runs and single requests pass', () => {
    const none = report({ hitRate: 0, originCalls: 1_000 }, { strategy: 'none' })
    expect(judge(check, none, hit(1))).toEqual(judge(check))
    expect(judge(check).goals[1]).toEqual({
      say: 'A hit rate over 90 %',
      done: false,
      expects: 'a hit rate over 90 %',
      mark: 'next',
    })
    expect(judge(check, none, report()).status).toBe('passed')
  })

  it('stays passed', () => {
    expect(judge(check, report(), report({ hitRate: 0 })).status).toBe('passed')
  })
})
