import { expect, it } from 'vitest'
import type { Snapshot } from '@/lib/runs/report'
import { addPoint, noPoints, type Points } from './points'

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
