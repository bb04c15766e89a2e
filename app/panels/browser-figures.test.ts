import { expect, it } from 'vitest'
import { browserFigures } from './browser-figures'

const fetched = (by: 'browser' | 'browser-revalidated' | 'network', roundTripMs: number, transferBytes = 0) => ({
  by,
  status: 200,
  roundTripMs,
  transferBytes,
})

it('tells who answered, and how long each took', () => {
  const hits = Array.from({ length: 18 }, (_, i) => fetched('browser', (i + 1) / 10))
  const lines = browserFigures([fetched('network', 40, 500), ...hits, fetched('browser-revalidated', 10, 300)])
  expect(lines.map(({ by, count, share }) => [by, count, share])).toEqual([
    ['browser', 18, 0.9],
    ['browser-revalidated', 1, 0.05],
    ['network', 1, 0.05],
    ['all', 20, 1],
  ])
  expect(lines[0]).toMatchObject({ p50: 0.9, p95: 1.8, max: 1.8, bytes: 0 })
  expect(lines.at(-1)).toMatchObject({ p50: 1, p95: 10, max: 40, bytes: 800 })
})

it('leaves what nobody answered out of the times, and says nothing of none', () => {
  expect(browserFigures([{ ...fetched('network', 3), status: 0 }])).toMatchObject([
    { by: 'failed', count: 1, share: 1, bytes: 0 },
    { by: 'all', count: 0, share: 0, p50: undefined },
  ])
  expect(browserFigures([])).toEqual([
    { by: 'all', count: 0, share: 0, p50: undefined, p95: undefined, max: undefined, bytes: 0 },
  ])
})
