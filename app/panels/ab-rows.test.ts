import { describe, expect, it } from 'vitest'
import { compareRepeats } from '@/lib/runs/compare'
import type { AbFigures, Pair } from './ab'
import { AB_COLUMNS, pInWords, ratioInWords, timesInWords, verdictsOf, written } from './ab-rows'

const figures = (part: Partial<AbFigures>): AbFigures => ({
  p50: 1,
  p99: 2,
  throughput: 100,
  hitRate: 0.5,
  originCalls: 10,
  errors: 0,
  usable: true,
  ...part,
})
const pairs = (id: keyof AbFigures, ...values: [a: number, b: number][]): Pair[] =>
  values.map(([a, b], i) => ({ pair: i + 1, first: 'A', A: figures({ [id]: a }), B: figures({ [id]: b }) }))
const verdict = (id: keyof AbFigures, ...values: [a: number, b: number][]) => {
  const of = verdictsOf(pairs(id, ...values)).find(({ column }) => column.id === id)
  if (!of) throw new Error(`no column ${id}`)
  return [of.ratio, of.interval, of.verdict].map((text) => text.replace(/\s/g, ' '))
}

describe('what the pairs say', () => {
  it('is a ratio with its interval, and which is faster', () => {
    expect(verdict('p50', [10, 5], [12, 6], [8, 4])).toEqual(['× 0.5', '× 0.5 to 0.5', 'B faster'])
    expect(verdict('throughput', [10, 50], [12, 60], [8, 40.1])[2]).toBe('more with B')
  })
  it('is that they cannot be told apart, where they cannot', () => {
    expect(verdict('p99', [10, 11], [10, 9], [10, 10.2], [10, 9.9])[2]).toBe('cannot be told apart')
  })
  it('has no interval of two', () => {
    expect(verdict('p50', [10, 5], [12, 6])).toEqual(['× 0.5', '–', 'too few repeats to tell'])
  })
  it('is in words where there is nothing to divide by', () => {
    expect(verdict('hitRate', [0, 0.9], [0, 0.91], [0, 0.9])).toEqual(['–', '–', 'higher with B in all pairs'])
    expect(verdict('hitRate', [0, 0], [0, 0])).toEqual(['–', '–', 'the same'])
    expect(verdict('originCalls', [0, 1], [1, 0])[2]).toBe('no ratio to 0')
    expect(verdict('p50')[2]).toBe('no pair yet')
  })
})

it('corrects each verdict for the number of metrics', () => {
  // By itself p99 differs with p = 0.02. Five metrics are compared, and 5 × 0.02 is 0.1.
  const values: [number, number][] = [
    [10, 11],
    [10, 12],
    [10, 10.6],
    [10, 11.6],
  ]
  const [alone] = [
    compareRepeats(
      values.map(([a]) => a),
      values.map(([, b]) => b),
    ),
  ]
  expect(alone).toMatchObject({ verdict: 'more' })
  expect(alone?.p).toBeGreaterThan(0.01)
  expect(verdict('p99', ...values)[2]).toBe('unclear after correction')
  const p = verdictsOf(pairs('p99', ...values)).find(({ column }) => column.id === 'p99')?.p
  expect(Number(p)).toBeCloseTo((alone?.p ?? 0) * AB_COLUMNS.length, 3)
})
it('calls equal values the same', () => {
  expect(verdict('originCalls', [7, 7], [7, 7], [7, 7])).toEqual(['× 1', '× 1 to 1', 'the same'])
  expect(ratioInWords(7, 7)).toBe('the same')
})
it('writes a p value with three decimals', () => {
  expect([0, 0.0004, 0.02, 1, null].map(pInWords)).toEqual(['< 0.001', '< 0.001', '0.020', '1.000', '–'])
})

it('writes ratios with three digits', () => {
  const plain = (text: string) => text.replace(/\s/g, ' ')
  expect([0.3412, 12.53, 1240.7].map(timesInWords).map(plain)).toEqual(['× 0.341', '× 12.5', '× 1,240'])
  expect([ratioInWords(4, 1), ratioInWords(0, 1), ratioInWords(0, 0)].map(plain)).toEqual([
    '× 0.25',
    'from 0',
    'the same',
  ])
})

describe('a metric of one run', () => {
  const text = (id: keyof AbFigures, part: Partial<AbFigures>) => {
    const column = AB_COLUMNS.find((each) => each.id === id)
    return column && written(column, figures(part))
  }

  it('has ≈ before a percentile with fewer than ten requests beyond it', () => {
    expect(text('p99', { count: 999 })).toMatch(/^≈ 2/)
    expect(text('p99', { count: 1_000 })).toMatch(/^2/)
    expect(text('p50', { count: 19 })).toMatch(/^≈ 1/)
    expect(text('p50', { count: 20 })).toMatch(/^1/)
    expect(text('throughput', { count: 1 })).toMatch(/^100/)
  })
})
