import { describe, expect, it } from 'vitest'
import type { Attempt } from '@/lib/checks/attempt'
import type { Goal, Verdict } from '@/lib/checks/check'
import { marked, phaseOf, spoken, turnOf, wantsCommand } from './standing'

const miss: Goal = { say: 'A miss', done: true, seen: '#1 miss, 203 ms' }
const hit: Goal = { say: 'A hit', done: false, expects: 'a hit', mark: 'next' }
const hey: Goal = { say: 'A benchmark', done: false, expects: 'hey', wants: 'command', mark: 'next' }
const attempt = (verdict: Partial<Verdict> = {}, startedAt = 1): Attempt => ({
  exercise: 'x',
  startedAt,
  verdict: { status: 'open', goals: [miss, hit, hey], ...verdict },
})
const broken = { expected: 'a hit', found: '#2 was a miss, 3.2 s after #1', request: 2 }

describe('how an exercise stands', () => {
  it('is told by its attempt, and by the notebook where there is none', () => {
    expect([phaseOf(undefined, false), phaseOf(undefined, true)]).toEqual(['untried', 'done'])
    expect([phaseOf(attempt(), true), phaseOf(attempt({ status: 'failed' }), true)]).toEqual(['open', 'failed'])
  })

  it('marks what is done, what comes next, and where it broke', () => {
    const marks = (of: Attempt | undefined) => marked([miss, hit, hey], of, undefined).map(({ mark }) => mark)
    expect(marks(attempt())).toEqual(['done', 'next', 'next'])
    expect(marks(attempt({ goals: [hit, { ...hey, mark: undefined }] }))).toEqual(['next', 'ahead'])
    expect(marks(attempt({ status: 'failed', broken, goals: [hey, miss, { ...hit, mark: 'broken' }] }))).toEqual([
      'ahead',
      'done',
      'broken',
    ])
    const initial = [{ ...miss, done: false, seen: undefined }, hit]
    const shown = (kept?: readonly string[]) =>
      marked(initial, undefined, kept).map(({ goal, mark }) => [goal.say, goal.seen, mark])
    expect(shown()).toEqual([
      ['A miss', undefined, 'ahead'],
      ['A hit', undefined, 'ahead'],
    ])
    expect(shown(['A hit', 'A miss: #1 miss, 203 ms'])).toEqual([
      ['A miss', '#1 miss, 203 ms', 'done'],
      ['A hit', undefined, 'done'],
    ])
    expect(marked(initial, attempt(), ['A miss: long ago']).map(({ mark }) => mark)).toEqual(['done', 'next', 'next'])
  })

  it('asks for a command while one is waited for', () => {
    expect(wantsCommand(attempt())).toBe(true)
    expect(wantsCommand(attempt({ goals: [miss, hit, { ...hey, done: true }] }))).toBe(false)
    expect(wantsCommand(attempt({ status: 'failed' }))).toBe(false)
    expect(wantsCommand(undefined)).toBe(false)
  })

  it('is spoken in a sentence', () => {
    expect(spoken(undefined)).toBe('')
    expect(spoken(attempt({ goals: [hit] }))).toBe('Started. The server follows your lab.')
    expect(spoken(attempt())).toBe('1 of 3 goals reached: A miss, #1 miss, 203 ms.')
    expect(spoken(attempt({ status: 'failed', broken }))).toBe(
      'Not passed. #2 was a miss, 3.2 s after #1. Expected: a hit.',
    )
    expect(spoken(attempt({ status: 'passed' }))).toBe('Passed: all goals are reached.')
  })

  it('turns when an open one passes or is no longer there', () => {
    expect(turnOf(attempt(), attempt({ status: 'passed' }))).toBe('passed')
    expect(turnOf(attempt(), undefined)).toBe('gone')
    expect(turnOf(undefined, attempt({ status: 'passed' }))).toBeUndefined()
    expect(turnOf(attempt({ status: 'failed' }), undefined)).toBeUndefined()
    expect(turnOf(attempt(), attempt({ status: 'passed' }, 2))).toBeUndefined()
    expect(turnOf(attempt(), attempt())).toBeUndefined()
  })
})
