import { describe, expect, it } from 'vitest'
import { bytes, ms, ordinal, percent, stretch } from './format'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('figures', () => {
  it.each([
    [0.0021, '0.002 ms'],
    [0.31, '0.31 ms'],
    [1.419, '1.42 ms'],
    [24.94, '24.9 ms'],
    [225.3, '225 ms'],
    [12480, '12,480 ms'],
  ])('writes %d milliseconds as %s', (value, text) => expect(plain(ms(value))).toBe(text))

  it.each([
    [0, '0 %'],
    [0.0001, '0.1 %'],
    [0.974, '97.4 %'],
    [0.99996, '99.9 %'],
    [1, '100 %'],
  ])('writes a rate of %d as %s', (rate, text) => expect(plain(percent(rate))).toBe(text))

  it.each([
    [7_200, '7.2 s'],
    [-3, '0.0 s'],
    [80_000, '1 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('says %d milliseconds as %s', (value, text) => expect(plain(stretch(value))).toBe(text))

  it('writes bytes', () =>
    expect([512, 14_200, 3_100_000].map(bytes).map(plain)).toEqual(['512 B', '14.2 kB', '3.10 MB']))

  it('says a place in a row', () =>
    expect([1, 2, 3, 4, 11, 12, 13, 21].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
    ]))
})
