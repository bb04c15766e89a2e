import { expect } from 'vitest'
import { experimentById } from '..'
import { testClaims } from '../claims'

const measured = (id: string) => experimentById(id).definition.predict.measure

testClaims('words-to-think-with', {
  'another-key-misses': async ({ get, seen }) => {
    const outcomes = []
    for (const id of [42, 42, 43]) outcomes.push((await get(`/api/tasks/${id}?cache=redis&ttl=60`)).outcome)
    expect(outcomes).toEqual(['miss', 'hit', 'miss'])
    expect(measured('the-third-request')(seen())).toBe('miss')
  },

  'one-point-is-half': async ({ run, seen }) => {
    const round = (count: number) =>
      run({
        resource: 'tasks/{id}',
        strategy: 'memory',
        requests: 1_000,
        connections: 1,
        keys: { kind: 'cycle', count },
      })
    const reports = [await round(20), await round(10)]
    expect(reports.map(({ hitRate, originCalls }) => [hitRate, originCalls])).toEqual([
      [0.98, 20],
      [0.99, 10],
    ])
    expect(measured('one-point-of-hit-rate')(seen(reports))).toBe('half')
  },
})
