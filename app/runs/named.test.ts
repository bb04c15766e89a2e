import { expect, it } from 'vitest'
import { groupsOf, inTurns, named } from './named'
import { testRun } from './testing'

const memory = (over = {}) => testRun(over, { strategy: 'memory' })
const redis = (over = {}) => testRun(over, { strategy: 'redis' })

it('gives repeats the same letter, and a number each', () => {
  expect(named([memory(), redis(), memory()]).map(({ name }) => name)).toEqual(['A1', 'B', 'A2'])
})
it('does not take another seed, another rate of writes or another TTL for a repeat', () => {
  const one = memory()
  const seeded = testRun({}, { strategy: 'memory', keys: { ...one.config.keys, seed: 2 } })
  const writing = testRun({}, { strategy: 'memory', writes: 0.1 })
  const shorter = testRun({}, { strategy: 'memory', ttl: 1 })
  expect(named([one, seeded, writing, shorter]).map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D'])
})
it('takes runs of two labs, watched or not, for repeats: neither is a condition', () => {
  expect(groupsOf([memory(), testRun({}, { strategy: 'memory', lab: 'other', stopUnwatched: true })])).toHaveLength(1)
})
it('sees whether two groups took turns', () => {
  const turns = [memory(), redis(), memory(), redis()]
  const [a, b] = groupsOf(turns)
  if (!a || !b) throw new Error('there are two groups')
  expect(inTurns(turns, a, b)).toBe(true)
  expect(
    inTurns(
      [...turns].sort((x, y) => x.config.strategy.localeCompare(y.config.strategy)),
      a,
      b,
    ),
  ).toBe(false)
})
