import { describe, expect, it } from 'vitest'
import type { AbFigures, Pair } from './ab'
import { AB_COLUMNS, ratioInWords, timesInWords, verdictOf } from './ab-rows'

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
  values.map(([a, b], i) => ({ pair: i + 1, A: figures({ [id]: a }), B: figures({ [id]: b }) }))
const verdict = (id: keyof AbFigures, ...values: [a: number, b: number][]) => {
  const column = AB_COLUMNS.find((each) => each.id === id)
  if (!column) throw new Error(`no column ${id}`)
  const { ratio, interval, verdict } = verdictOf(column, pairs(id, ...values))
  return [ratio, interval, verdict].map((text) => text.replace(/\s/g, ' '))
}

describe('what the pairs say', () => {
  it('is a ratio with its interval, and which is faster', () => {
    expect(verdict('p50', [10, 5], [12, 6], [8, 4])).toEqual(['× 0.5', '× 0.5 to 0.5', 'B faster'])
    expect(verdict('throughput', [10, 50], [12, 61], [8, 39])[2]).toBe('more with B')
  })
  it('is that they cannot be told apart, where they cannot', () => {
    expect(verdict('p99', [10, 11], [10, 9], [10, 10.2], [10, 9.9])[2]).toBe('cannot be told apart')
  })
  it('has no interval of two', () => {
    expect(verdict('p50', [10, 5], [12, 6])).toEqual(['× 0.5', '–', 'too few repeats to tell'])
  })
  it('is in words where there is nothing to divide by', () => {
    expect(verdict('hitRate', [0, 0.9], [0, 0.91], [0, 0.9])).toEqual(['–', '–', 'higher with B in all pairs'])
    expect(verdict('hitRate', [0, 0], [0, 0])[2]).toBe('the same in all pairs')
    expect(verdict('originCalls', [0, 1], [1, 0])[2]).toBe('no ratio to 0')
    expect(verdict('p50')[2]).toBe('no pair yet')
  })
})

it('writes ratios with three digits', () => {
  const plain = (text: string) => text.replace(/\s/g, ' ')
  expect([0.3412, 12.53, 1240.7].map(timesInWords).map(plain)).toEqual(['× 0.341', '× 12.5', '× 1,240'])
  expect([ratioInWords(4, 1), ratioInWords(0, 1), ratioInWords(0, 0)].map(plain)).toEqual(['× 0.25', 'from 0', '× 1'])
})
