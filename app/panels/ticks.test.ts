import { describe, expect, it } from 'vitest'
import { decades, steps, upTo } from './ticks'

describe('the grid of a chart', () => {
  it.each([
    [
      [0.4, 225],
      [0.1, 1, 10, 100, 1000],
    ],
    [[1], [1, 10]],
    [[0.001], [0.001, 0.01]],
    [[], [1, 10]],
    [
      [0, 5],
      [1, 10],
    ],
  ])('has the decades around %j', (values, grid) => expect(decades(values)).toEqual(grid))

  it.each([
    [0.1, 0.7, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]],
    [0, 12, [0, 2, 4, 6, 8, 10, 12]],
    [0.1, 59, [10, 20, 30, 40, 50]],
    [3, 3, [3]],
  ])('has round times from %d to %d', (min, max, grid) => expect(steps(min, max)).toEqual(grid))

  it.each([
    [1000, [0, 200, 400, 600, 800, 1000]],
    [1001, [0, 500, 1000, 1500]],
    [0.7, [0, 0.2, 0.4, 0.6, 0.8]],
    [0, [0]],
  ])('has an axis from 0 to at least %d', (max, grid) => expect(upTo(max)).toEqual(grid))
})
