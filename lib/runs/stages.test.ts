import { describe, expect, it } from 'vitest'
import { arrivals } from './arrivals'
import { dueByStages } from './stages'

const all = (next: () => number) => {
  const due: number[] = []
  for (let at = next(); Number.isFinite(at); at = next()) due.push(at)
  return due
}
const within = (due: number[], from: number, to: number) => due.filter((at) => at >= from && at < to).length

describe('stages', () => {
  const stages = [
    { durationMs: 1_000, rate: 200 },
    { durationMs: 2_000, rate: 200 },
    { durationMs: 0, rate: 1_000 },
    { durationMs: 500, rate: 1_000 },
    { durationMs: 0, rate: 50 },
    { durationMs: 1_000, rate: 50 },
  ]

  it('ramp up in a straight line, hold, jump and fall', () => {
    const due = all(arrivals({ arrivals: 'even', rate: 100, stages }, 1))
    // The integral of the rate: 150 + 400 + 500 + 50.
    expect(due.length).toBe(1_100)
    expect(within(due, 0, 500)).toBeCloseTo(62.5, -1)
    expect(within(due, 500, 1_000)).toBeCloseTo(87.5, -1)
    expect(within(due, 1_000, 3_000)).toBe(400)
    expect(within(due, 3_000, 3_500)).toBe(500)
    expect(within(due, 3_500, 4_500)).toBe(50)
    expect(due).toEqual(due.toSorted((a, b) => a - b))
  })

  it('keep their rate with random arrivals too, and the seed draws the same', () => {
    const draw = (seed: number) => all(arrivals({ arrivals: 'poisson', rate: 100, stages }, seed))
    const due = draw(3)
    // Four standard deviations of a Poisson count.
    expect(Math.abs(within(due, 1_000, 3_000) - 400)).toBeLessThan(4 * Math.sqrt(400))
    expect(Math.abs(within(due, 3_000, 3_500) - 500)).toBeLessThan(4 * Math.sqrt(500))
    expect(draw(3)).toEqual(due)
    expect(draw(4)).not.toEqual(due)
  })

  it('end: nothing is due after the last', () => {
    const due = dueByStages(10, [{ durationMs: 1_000, rate: 10 }])
    expect(due(0)).toBe(0)
    expect(due(9.9)).toBeCloseTo(990)
    expect(due(10)).toBe(Infinity)
  })
})
