import { expect, it } from 'vitest'
import type { Snapshot } from './report'
import { openSeries, SERIES } from './series'

const at = (atMs: number) => ({ atMs }) as Snapshot
const timesOf = (snapshots: number) => {
  const series = openSeries()
  for (let n = 0; n < snapshots; n += 1) series.add(at(n * 100))
  return series.points().map(({ atMs }) => atMs)
}

it('keeps every snapshot of a short run', () => {
  expect(timesOf(0)).toEqual([])
  expect(timesOf(3)).toEqual([0, 100, 200])
  expect(timesOf(SERIES)).toHaveLength(SERIES)
})
it.each([201, 600, 1_200])(
  'covers a run of %d snapshots from first to last, with no gap above a second',
  (snapshots) => {
    const times = timesOf(snapshots)
    expect(times.length).toBeLessThanOrEqual(SERIES + 1)
    expect(times[0]).toBe(0)
    expect(times.at(-1)).toBe((snapshots - 1) * 100)
    expect(Math.max(...times.slice(1).map((time, i) => time - (times[i] ?? 0)))).toBeLessThanOrEqual(1_000)
  },
)
