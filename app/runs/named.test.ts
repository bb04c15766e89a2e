import { expect, it } from 'vitest'
import { groupsOf, named, pairsOf, sharesSeeds } from './named'
import { testRun } from './testing'

const memory = (over = {}) => testRun(over, { strategy: 'memory' })
const redis = (over = {}) => testRun(over, { strategy: 'redis' })

it('gives repeats the same letter, and a number each', () => {
  expect(named([memory(), redis(), memory()]).map(({ name }) => name)).toEqual(['A1', 'B', 'A2'])
})
const seeded = (strategy: 'memory' | 'redis', seed: number, over = {}) =>
  testRun(over, { strategy, keys: { ...memory().config.keys, seed } })

it('takes another seed for a repeat, but neither another rate of writes nor another TTL', () => {
  const one = memory()
  const writing = testRun({}, { strategy: 'memory', writes: 0.1 })
  const shorter = testRun({}, { strategy: 'memory', ttl: 1 })
  expect(named([one, seeded('memory', 2), writing, shorter]).map(({ name }) => name)).toEqual(['A1', 'A2', 'B', 'C'])
})
it('takes runs of two labs, watched or not, for repeats: neither is a condition', () => {
  expect(groupsOf([memory(), testRun({}, { strategy: 'memory', lab: 'other', stopUnwatched: true })])).toHaveLength(1)
})
const strategies = (reports: ReturnType<typeof testRun>[]) => {
  const [a, b] = groupsOf(reports)
  if (!a || !b) throw new Error('there are two groups')
  return pairsOf(reports, a, b)?.map((pair) => [pair.a.run, pair.b.run])
}
it('pairs two groups that took turns, whichever of a pair came first', () => {
  const runs = (order: string) =>
    [...order].map((side, i) => (side === 'A' ? memory({ run: `a${i}` }) : redis({ run: `b${i}` })))
  expect(strategies(runs('ABBAAB'))).toEqual([
    ['a0', 'b1'],
    ['a3', 'b2'],
    ['a4', 'b5'],
  ])
  expect(strategies(runs('AABB'))).toBeUndefined()
  expect(strategies(runs('ABB'))).toBeUndefined()
  expect(strategies(runs('AB'))).toBeUndefined()
})
it('knows whether a difference could come from the seeds', () => {
  const pair = (seed: number) => [seeded('memory', seed), seeded('redis', seed)]
  expect(sharesSeeds(groupsOf([...pair(1), ...pair(2)]))).toBe(true)
  expect(sharesSeeds(groupsOf([seeded('memory', 1), seeded('redis', 2)]))).toBe(false)
})
