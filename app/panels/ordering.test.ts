import { describe, expect, it } from 'vitest'
import { orderings } from '@/lessons/orderings'
import { seeded } from '@/lib/runs/random'
import { firstWrong, isOrderOf, moved, shuffled } from './ordering'

const right = ['a', 'b', 'c', 'd']

describe('putting steps in order', () => {
  it('begins with the same order for everybody', () => {
    const begin = () => shuffled(right, seeded(1, 'keys'))
    expect(begin()).toEqual(begin())
    expect(isOrderOf(begin(), right)).toBe(true)
  })
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('is never solved at first, seed %i', (seed) => {
    expect(firstWrong(shuffled(['a', 'b'], seeded(seed, 'keys')), ['a', 'b'])).toBeDefined()
  })
  it('moves a step, and the others close up', () => {
    expect(moved(right, 'c', 0)).toEqual(['c', 'a', 'b', 'd'])
    expect(moved(right, 'a', 3)).toEqual(['b', 'c', 'd', 'a'])
    expect(moved(right, 'a', 9)).toEqual(['b', 'c', 'd', 'a'])
    expect(moved(right, 'a', -1)).toBe(right)
    expect(moved(right, 'gone', 2)).toBe(right)
  })
  it('finds the first that is out of place', () => {
    expect(firstWrong(right, right)).toBeUndefined()
    expect(firstWrong(['a', 'c', 'b', 'd'], right)).toEqual({ place: 1, id: 'c' })
  })
  it('does not take up an order of other steps', () => {
    expect(isOrderOf(['d', 'c', 'b', 'a'], right)).toBe(true)
    expect(isOrderOf(['a', 'b', 'c'], right)).toBe(false)
    expect(isOrderOf(['a', 'a', 'b', 'c'], right)).toBe(false)
  })
  it.each(orderings.map(({ id, steps }) => [id, steps] as const))(
    '%s has steps that can be told apart',
    (_id, steps) => {
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length)
      for (const { text, why } of steps) expect(text.length * why.length).toBeGreaterThan(0)
    },
  )
})
