import { expect, it } from 'vitest'
import { distributionSteps, ninesOf, percentileAt, percentileCurve } from './curves'
import { testRun } from './testing'

it('stretches the tail by nines', () => {
  expect([0, 90, 99, 99.9].map((percentile) => Number(ninesOf(percentile).toFixed(6)))).toEqual([0, 1, 2, 3])
  expect([0, 1, 2, 3, 4, 5].map(percentileAt)).toEqual(['0', '90', '99', '99.9', '99.99', '99.999'])
})
it('puts the slowest of a thousand where one in a thousand stands', () => {
  const percentiles = [
    { percentile: 0, ms: 1 },
    { percentile: 99, ms: 5 },
    { percentile: 100, ms: 9 },
  ]
  const curve = percentileCurve(testRun({ requests: 1_000, percentiles }))
  expect(curve[0]).toEqual({ x: 0, y: 1 })
  expect(curve[1]?.x).toBeCloseTo(2, 9)
  expect(curve[2]).toEqual({ x: 3, y: 9 })
})
it('goes back nowhere, and draws nothing of nothing', () => {
  const percentiles = [
    { percentile: 99.99, ms: 5 },
    { percentile: 100, ms: 9 },
  ]
  const [before, last] = percentileCurve(testRun({ requests: 10, percentiles }))
  expect(last?.x).toBeGreaterThanOrEqual(before?.x ?? 0)
  expect(percentileCurve(testRun({ requests: 0 }))).toEqual([])
  expect(distributionSteps(testRun({ distribution: [] }))).toEqual([])
})
it('draws the share of each bin from its own edge to the next', () => {
  const distribution = [
    { fromMs: 1, toMs: 10, count: 1 },
    { fromMs: 10, toMs: 100, count: 3 },
  ]
  expect(distributionSteps(testRun({ distribution }))).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 25 },
    { x: 1, y: 75 },
    { x: 2, y: 0 },
  ])
})
