import { expect, it } from 'vitest'
import { isEstimate } from './estimate'

it.each([
  [50, 19, true],
  [50, 20, false],
  [90, 99, true],
  [90, 100, false],
  [95, 200, false],
  [99, 999, true],
  [99, 1_000, false],
  [99.9, 9_999, true],
  [99.9, 10_000, false],
])('the %sth percentile of %i requests is an estimate: %s', (percentile, count, estimate) => {
  expect(isEstimate(percentile, count)).toBe(estimate)
})
