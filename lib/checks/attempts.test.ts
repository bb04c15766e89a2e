import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hit, miss, rows } from '../testing/evidence'
import { fakeClock } from '../testing/fake-clock'
import type { AttemptChange } from './attempt'
import { type AttemptParts, type Attempts, openAttempts, TOLD_MS } from './attempts'
import { type Check, defineCheck, type Evidence } from './check'
import { commandRecorded } from './command-recorded'
import { inOrder } from './in-order'
import { rowsShow } from './rows-show'

/** Attempts of a lab that the test plays: it hands out evidence, and listens to what the stream is told. */

const missThenHit = inOrder({
  resource: 'tasks/{id}',
  steps: [
    { say: 'A miss', expects: 'a miss', is: ({ outcome }) => outcome === 'miss' },
    { say: 'A hit', expects: 'a hit', is: ({ outcome }) => outcome === 'hit' },
  ],
})
const manyHits = rowsShow({ say: 'Hits', expects: 'hits', is: ({ kind }) => kind === 'hit', times: 1_000 })
const broken = defineCheck<number>({
  initial: 0,
  reduce: () => {
    throw new Error('a lesson with a fault')
  },
  verdict: () => ({ status: 'open', goals: [{ say: 'Something', done: false }] }),
})
const hey = commandRecorded({ say: 'hey', expects: 'hey', is: (text) => text.startsWith('hey') })

const exercise = (id: string, check: Check) => ({
  lesson: 'a-lesson',
  exercise: { id, title: id, task: [], hints: ['', '', ''] as const, check },
})

let clock: ReturnType<typeof fakeClock>
let followers: Set<(evidence: Evidence) => void>
let told: AttemptChange[]
let noted: Parameters<AttemptParts['note']>[]
let attempts: Attempts

beforeEach(() => {
  vi.useFakeTimers()
  clock = fakeClock()
  followers = new Set()
  told = []
  noted = []
  attempts = openAttempts({
    clock,
    exercises: [
      exercise('in-order', missThenHit),
      exercise('many', manyHits),
      exercise('broken', broken),
      exercise('command', hey),
    ],
    follow(listener) {
      followers.add(listener)
      return () => followers.delete(listener)
    },
    broadcast: (_event, change) => told.push(change),
    note: (...item) => noted.push(item),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const pass = (...evidence: readonly (readonly Evidence[])[]) => {
  for (const each of evidence.flat()) for (const follower of followers) follower(each)
}
const status = (id: string) => attempts.get(id)?.verdict.status

describe('attempts', () => {
  it('follow the lab from their start to their end, and no longer', () => {
    pass(miss(1))
    attempts.start('in-order', 'ada')
    expect(attempts.get('in-order')?.verdict.goals[0]?.done).toBe(false)
    pass(miss(2), hit(3))
    expect(status('in-order')).toBe('passed')
    expect(followers.size).toBe(0)
  })

  it('are noted for the learner who started them, once', () => {
    attempts.start('in-order', 'ada')
    pass(miss(1), hit(2), hit(3))
    const seen = ['A miss: #1 miss, 203 ms', 'A hit: #2 hit, 0.313 ms']
    expect(noted).toEqual([
      ['ada', { id: 'exercise:in-order', kind: 'exercise', lesson: 'a-lesson', exercise: 'in-order', seen }],
    ])
  })

  it('are not noted when they fail, and can be started anew', () => {
    attempts.start('in-order', 'ada')
    pass(miss(1), miss(2))
    expect(attempts.get('in-order')?.verdict.broken).toMatchObject({ expected: 'a hit', request: 2 })
    clock.advance(1_000)
    attempts.start('in-order', 'ada')
    expect(attempts.get('in-order')).toMatchObject({ startedAt: clock.now(), verdict: { status: 'open' } })
    expect(attempts.list()).toHaveLength(1)
    expect(followers.size).toBe(1)
    pass(miss(3), hit(4))
    expect(noted).toHaveLength(1)
  })

  it('end when they are given up, and say so', () => {
    attempts.start('in-order', undefined)
    attempts.end('in-order')
    attempts.end('in-order')
    expect(attempts.list()).toEqual([])
    expect(followers.size).toBe(0)
    expect(told.map(({ attempt }) => attempt?.verdict.status)).toEqual(['open', undefined])
  })

  it('tell every change at once, unless they come too fast: then the last of a tenth of a second', () => {
    attempts.start('many', undefined)
    for (let i = 0; i < 500; i += 1) pass(hit(i))
    expect(told).toHaveLength(2)
    vi.advanceTimersByTime(TOLD_MS)
    expect(told).toHaveLength(3)
    expect(told.at(-1)?.attempt?.verdict.goals[0]?.expects).toBe('hits (500 of 1000 so far)')
    vi.advanceTimersByTime(TOLD_MS * 5)
    expect(told).toHaveLength(3)
    for (let i = 0; i < 500; i += 1) pass(hit(i))
    expect(told.at(-1)?.attempt?.verdict.status).toBe('passed')
    expect(told).toHaveLength(5)
  })

  it('tell nothing where nothing came nearer', () => {
    attempts.start('in-order', undefined)
    pass(rows(1, { kind: 'origin', tier: 'origin' }), hit(2, { run: 'run-1' }))
    vi.advanceTimersByTime(TOLD_MS)
    expect(told).toHaveLength(1)
  })

  it('are handed a command each, and no other hears of it', () => {
    attempts.start('command', undefined)
    attempts.start('in-order', undefined)
    expect(attempts.command('command', 'hey localhost:1').verdict.status).toBe('passed')
    expect(attempts.command('command', 'ls').verdict.status).toBe('passed')
    expect(status('in-order')).toBe('open')
  })

  it('fail, and not the request, where the check itself has a fault', () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    attempts.start('broken', undefined)
    expect(() => pass(hit(1))).not.toThrow()
    expect(attempts.get('broken')?.verdict).toMatchObject({
      status: 'failed',
      broken: { found: 'a fault in the check of this exercise: please report it' },
    })
    expect(logged).toHaveBeenCalledOnce()
  })

  it('are of the course, and started before a command is handed in', () => {
    for (const wrong of [() => attempts.start('no', undefined), () => attempts.get('no'), () => attempts.end('no')]) {
      expect(wrong).toThrowError(expect.objectContaining({ code: 'exercise-not-found' }))
    }
    expect(() => attempts.command('command', 'hey')).toThrowError(
      expect.objectContaining({ code: 'attempt-not-found' }),
    )
  })
})
