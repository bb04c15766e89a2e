import { describe, expect, it } from 'vitest'
import { parseServerTiming, waterfall } from './timing'

const HEADER =
  'memory;dur=0.002, redis;dur=0.31, origin;dur=24.9;desc="postgres, 1 query", added;dur=200;desc="added on purpose", handler;dur=225.3'

describe('Server-Timing', () => {
  it('is read with commas inside descriptions', () => {
    expect(parseServerTiming(HEADER)).toEqual([
      { name: 'memory', durMs: 0.002 },
      { name: 'redis', durMs: 0.31 },
      { name: 'origin', durMs: 24.9, desc: 'postgres, 1 query' },
      { name: 'added', durMs: 200, desc: 'added on purpose' },
      { name: 'handler', durMs: 225.3 },
    ])
  })
  it.each([
    [null, []],
    ['', []],
    [' , ;dur=3', []],
    ['cache', [{ name: 'cache', durMs: 0 }]],
    ['cache;dur=x;desc="a \\"b\\", c"', [{ name: 'cache', durMs: 0, desc: 'a "b", c' }]],
  ])('copes with %j', (header, metrics) => expect(parseServerTiming(header)).toEqual(metrics))
})

describe('the waterfall', () => {
  const stretches = waterfall(parseServerTiming(HEADER), 227.3)
  const of = (name: string) => stretches.find((stretch) => stretch.name === name)

  it('accounts for the whole round trip', () => {
    expect(stretches.reduce((sum, { durMs }) => sum + durMs, 0)).toBeCloseTo(227.3)
  })
  it('gives the network what the handler did not take, half of it before', () => {
    expect(of('network')?.durMs).toBeCloseTo(2)
    expect(of('memory')?.startMs).toBeCloseTo(1)
  })
  it('never shows a negative stretch, as clocks do not agree', () => {
    expect(waterfall(parseServerTiming('handler;dur=5'), 4.9).every(({ durMs }) => durMs >= 0)).toBe(true)
  })
})
