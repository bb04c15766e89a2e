import { expect, it } from 'vitest'
import type { Snapshot } from '@/lib/runs/report'
import { addPoint, noPoints, type Points, withNewest } from './points'

const at = (atMs: number) => ({ atMs }) as Snapshot

it('keeps the whole run in view, in few points that are evenly apart', () => {
  let points: Points = noPoints
  for (let i = 0; i < 100; i++) points = addPoint(points, at(i), 8)
  const times = points.kept.map(({ atMs }) => atMs)
  expect(times.length).toBeLessThan(8)
  expect(times[0]).toBe(0)
  expect(times.at(-1)).toBeGreaterThan(80)
  const gaps = new Set(times.slice(1).map((time, i) => time - (times[i] ?? 0)))
  expect([...gaps]).toEqual([points.stride])
})

it('draws the newest snapshot too, once, though it is not kept', () => {
  let points: Points = noPoints
  const newest = at(99)
  for (let i = 0; i < 21; i++) points = addPoint(points, at(i), 8)
  expect(points.stride).toBeGreaterThan(1)
  expect(withNewest(points, newest)).toEqual([...points.kept, newest])
  expect(withNewest(points, points.kept.at(-1))).toBe(points.kept)
  expect(withNewest(noPoints, undefined)).toEqual([])
})
