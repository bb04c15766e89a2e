import { describe, expect, it } from 'vitest'
import { groupRows } from '@/app/panels/log-groups'
import type { LabEvent } from '@/lib/lab/events'
import type { EventKind } from '@/lib/lab/kinds'
import { strategies } from '@/lib/strategies'
import { LAYERS, passedBy, TIERS } from './definition'
import { drawTall, drawWide } from './geometry'
import { lightOf, wayInWords } from './light'

const row = (kind: EventKind, more: Partial<LabEvent> = {}): Omit<LabEvent, 'seq'> => ({
  at: 1_000,
  kind,
  resource: 'tasks/{id}',
  key: 'tasks/7',
  strategy: 'redis',
  request: 1,
  worker: '1',
  ...more,
})
/** What lights up after a request that made these rows. */
function lit(tiers: readonly string[], ...rows: Omit<LabEvent, 'seq'>[]) {
  const [group] = groupRows(rows.map((each, i) => ({ ...each, seq: i + 1 })))
  if (!group) throw new Error('no rows')
  return lightOf(group, tiers)
}
const origin = row('origin', { tier: 'origin', durMs: 24.9 })

describe('which layers a request lights', () => {
  it('a hit goes as far as the tier that answered', () => {
    expect(lit(['redis'], row('hit', { durMs: 0.4 }))).toEqual({
      request: 1,
      key: 'tasks/7',
      outcome: 'hit',
      durMs: 0.4,
      from: 'redis',
      reached: ['page', 'redis'],
      stored: [],
      notes: { page: 'asks', redis: 'hit' },
    })
  })
  it('a miss goes on to the origin, and its answer is stored on the way back', () => {
    const light = lit(['redis'], row('expiry', { tier: 'redis' }), origin, row('store', { tier: 'redis' }), row('miss'))
    expect(light).toMatchObject({ from: 'origin', reached: ['page', 'redis', 'origin'], stored: ['redis'] })
    expect(light?.notes).toMatchObject({ redis: 'past date, stored', origin: '24.9\u202fms' })
  })
  it('a tier that is away is passed, and said to be', () => {
    const light = lit(['redis'], row('error', { tier: 'redis', detail: 'unavailable' }), origin, row('miss'))
    expect(light).toMatchObject({ from: 'origin', notes: { redis: 'away' } })
  })
  it('of two tiers the second answered where the first had to store', () => {
    const light = lit(['memory', 'redis'], row('store', { tier: 'memory' }), row('hit'))
    expect(light).toMatchObject({ from: 'redis', stored: ['memory'], notes: { memory: 'had none, stored' } })
  })
  it('a 304 comes from the origin, and the browser had a copy', () => {
    expect(lit(['client'], origin, row('revalidated'))).toMatchObject({
      from: 'origin',
      reached: ['page', 'client', 'origin'],
      notes: { client: 'had a copy: 304' },
    })
  })
  it('nothing lights while the outcome is not there', () => {
    expect(lit(['redis'], origin)).toBeUndefined()
  })
})

describe('the diagram in words', () => {
  it('says the way, what is not on it, and how the last request went', () => {
    expect(wayInWords(['redis'], lit(['redis'], row('hit')))).toBe(
      'A request goes from this page to redis. The first that has a fresh entry answers: a hit. Where none has, it goes on to the origin: a miss, and the answer is stored on its way back. Not on this way: browser cache, shared cache (in lesson 11), memory. The last request, for tasks/7, was a hit. It went to redis (hit); the answer came from redis.',
    )
    expect(wayInWords([], undefined)).toContain('straight to the origin')
  })
})

describe('the drawing', () => {
  it('has a layer for each tier that a strategy names', () => {
    for (const { tiers } of strategies) expect(TIERS.map(({ id }) => id)).toEqual(expect.arrayContaining([...tiers]))
  })
  it.each([
    ['wide', drawWide],
    ['tall', drawTall],
  ] as const)('%s has every layer inside the frame, none over another', (_name, draw) => {
    for (const tiers of [[], ['redis'], ['client', 'memory', 'redis']]) {
      const { boxes, width, height, requests, answers, stores } = draw(tiers)
      expect(boxes).toHaveLength(LAYERS.length)
      for (const box of boxes) {
        expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true)
        for (const other of boxes) {
          if (other === box) continue
          const apart =
            box.x + box.width <= other.x ||
            other.x + other.width <= box.x ||
            box.y + box.height <= other.y ||
            other.y + other.height <= box.y
          expect(apart).toBe(true)
        }
      }
      const way = passedBy(tiers)
      expect(requests.map(({ id }) => id)).toEqual(way.slice(0, -1))
      expect(answers.map(({ id }) => id)).toEqual(way.slice(1))
      expect(stores.map(({ id }) => id)).toEqual(way.slice(1, -1))
    }
  })
})
