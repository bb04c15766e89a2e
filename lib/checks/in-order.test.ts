import { describe, expect, it } from 'vitest'
import { hit, judge, miss, NOON, report, rows } from '../testing/evidence'
import { inOrder } from './in-order'

/** One miss, then a hit within the TTL, then a database call after it. */
const check = inOrder({
  resource: 'tasks/{id}',
  sameKey: true,
  steps: [
    { say: 'A miss', expects: 'a miss', is: ({ outcome }) => outcome === 'miss' },
    { say: 'A hit within the TTL', expects: 'a hit', is: ({ outcome }) => outcome === 'hit' },
    {
      say: 'A call to the database after it',
      expects: 'a miss that asks Postgres once more',
      is: ({ originCalled, queries }, before) => originCalled && queries === 1 && before.length === 2,
    },
  ],
})

describe('requests in order', () => {
  it('pass when each fits its step, and say what was seen', () => {
    const { status, goals, broken } = judge(check, miss(40), hit(41), miss(42, { expired: true }))
    expect(status).toBe('passed')
    expect(broken).toBeUndefined()
    expect(goals).toEqual([
      { say: 'A miss', done: true, seen: '#40 miss, 203 ms' },
      { say: 'A hit within the TTL', done: true, seen: '#41 hit, 0.313 ms' },
      { say: 'A call to the database after it', done: true, seen: '#42 miss, 203 ms' },
    ])
  })

  it('wait for the first that fits: whoever tries around before has broken nothing', () => {
    const { status, goals } = judge(check, hit(1), hit(2, { key: 'tasks/7' }), miss(3))
    expect(status).toBe('open')
    expect(goals.map(({ done }) => done)).toEqual([true, false, false])
    expect(goals[1]).toEqual({ say: 'A hit within the TTL', done: false, expects: 'a hit', mark: 'next' })
    expect(goals[2]?.mark).toBeUndefined()
  })

  it('fail at the first that does not fit, name it, and stay failed', () => {
    const broken = { expected: 'a miss that asks Postgres once more', request: 42 }
    const wrong = [miss(40), hit(41, { at: NOON + 1_000 }), hit(42, { at: NOON + 4_200 })]
    const found = '#42 was a hit, 3.2 s after #41'
    expect(judge(check, ...wrong)).toMatchObject({ status: 'failed', broken: { ...broken, found } })
    expect(judge(check, ...wrong, miss(43)).broken).toEqual({ ...broken, found })
    expect(judge(check, ...wrong).goals.map(({ mark }) => mark)).toEqual([undefined, undefined, 'broken'])
  })

  it('fail at another key than the first, where all have to have the same', () => {
    const steps = [miss(40), hit(41, { key: 'tasks/7' })]
    expect(judge(check, ...steps).broken).toEqual({
      expected: 'a hit, for tasks/42 as in #40',
      found: '#41 asked for tasks/7',
      request: 41,
    })
    const anyKey = inOrder({
      resource: 'tasks/{id}',
      steps: [
        { say: 'A miss', expects: 'a miss', is: ({ outcome }) => outcome === 'miss' },
        { say: 'A hit', expects: 'a hit', is: ({ outcome }) => outcome === 'hit' },
      ],
    })
    expect(judge(anyKey, ...steps).status).toBe('passed')
  })

  it('do not hear of other resources, of runs, or of what is no request', () => {
    const other = [hit(1, { resource: 'slow-value', key: 'slow-value' }), hit(2, { run: 'run-1' }), [report()]]
    const open = judge(check, miss(40), ...other)
    expect(open).toEqual(judge(check, miss(40)))
    expect(judge(check, miss(40), ...other, hit(41), ...other, miss(42)).status).toBe('passed')
  })

  it('are put together from their rows: a step of a run or of a request without an end is of no other', () => {
    const [origin, store, outcome] = miss(40)
    const [begun] = miss(39)
    if (!origin || !store || !outcome || !begun) throw new Error('a miss has three rows')
    const foreign = miss(90, { run: 'run-1' })
    const between = [begun, origin, foreign, store, foreign, outcome].flat()
    expect(judge(check, between).goals[0]?.seen).toBe('#40 miss, 203 ms')
    const asked: number[] = []
    const counting = inOrder({
      resource: 'tasks/{id}',
      steps: [{ say: 'One query', expects: 'one query', is: ({ queries }) => asked.push(queries) > 0 }],
    })
    judge(counting, between)
    expect(asked).toEqual([1])
  })

  it('tell a tier that is away from a request that failed, and see a write', () => {
    const seen: unknown[] = []
    const looking = inOrder({
      resource: 'tasks/{id}',
      steps: [
        {
          say: 'Anything',
          expects: 'anything',
          is: ({ outcome, originCalled, steps }) => {
            seen.push([outcome, originCalled, steps.map(({ kind }) => kind)])
            return false
          },
        },
      ],
    })
    judge(
      looking,
      rows(
        1,
        { kind: 'error', tier: 'redis', detail: 'unavailable' },
        { kind: 'origin', tier: 'origin' },
        { kind: 'miss' },
      ),
      rows(2, { kind: 'error', tier: 'origin', detail: 'postgres-unavailable' }),
      rows(3, { kind: 'write', tier: 'origin' }, { kind: 'invalidation', tier: 'redis' }),
      hit(4),
    )
    expect(seen).toEqual([
      ['miss', true, ['error', 'origin', 'miss']],
      ['error', true, ['error']],
      ['write', false, ['write']],
      ['hit', false, ['hit']],
    ])
  })
})
