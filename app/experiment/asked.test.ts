import { describe, expect, it } from 'vitest'
import { type AskedChoice, type AskedNumber, askedOf, inWords, offInWords, readSaid, slides } from './asked'

const number = (unit: AskedNumber['unit'], min = 0, max = 100): AskedNumber => ({
  kind: 'number',
  ask: 'How many?',
  unit,
  min,
  max,
})
const choice: AskedChoice = {
  kind: 'choice',
  ask: 'Which?',
  options: [
    { id: 'hit', label: 'A hit' },
    { id: 'miss', label: 'A miss' },
  ],
}
/** Gaps as plain spaces, to be read here. */
const spaced = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')
const said = (unit: AskedNumber['unit'], value: number) => spaced(inWords(number(unit), value))
const off = (unit: AskedNumber['unit'], a: number, b: number) => spaced(offInWords(number(unit), a, b))

describe('what a page asks', () => {
  it('is plain data, to be handed to the browser', () => {
    const asked = askedOf({ ...number('%'), draw: 'hitRate', measure: () => 1 })
    expect(asked).toEqual({ ...number('%'), draw: 'hitRate' })
  })
  it('has a slider where a pixel is a position', () => {
    expect(slides(number('%'))).toBe(true)
    expect(slides(number('calls', 0, 1_000))).toBe(true)
    expect(slides(number('calls', 0, 20_000))).toBe(false)
    expect(slides({ ...number('calls', 0, 20_000), step: 100 })).toBe(true)
  })
})

describe('what the reader gives', () => {
  it('is a number within the bounds', () => {
    expect(readSaid(number('%'), '12.5')).toEqual({ said: 12.5 })
    expect(readSaid(number('%'), '0')).toEqual({ said: 0 })
    for (const given of ['', ' ', 'many', '-1', '101', 'Infinity'])
      expect(readSaid(number('%'), given)).not.toHaveProperty('said')
  })
  it('is told what it may be where it is not', () => {
    expect(readSaid(number('calls', 0, 1_000), '')).toEqual({
      fault: 'Say a number from 0\u00a0calls to 1,000\u00a0calls, or skip.',
    })
  })
  it('is one of the options', () => {
    expect(readSaid(choice, 'miss')).toEqual({ said: 'miss' })
    expect(readSaid(choice, '')).toHaveProperty('fault')
    expect(readSaid(choice, 'bypass')).toHaveProperty('fault')
  })
})

describe('in words', () => {
  it('has a unit, and digits that mean something', () => {
    expect(said('%', 50)).toBe('50 %')
    expect(said('%', 25.312)).toBe('25.3 %')
    expect(said('ms', 0.81234)).toBe('0.812 ms')
    expect(said('requests/s', 1_204.7)).toBe('1,205 requests/s')
    expect(said('calls', 1)).toBe('1 call')
    expect(said('queries', 51)).toBe('51 queries')
  })
  it('rounds no share to all or nothing', () => {
    expect(said('%', 99.97)).toBe('99.9 %')
    expect(said('%', 0.01)).toBe('0.1 %')
    expect(said('%', 100)).toBe('100 %')
  })
  it('names an option by its label, and another outcome by itself', () => {
    expect(inWords(choice, 'miss')).toBe('A miss')
    expect(inWords(choice, 'bypass')).toBe('bypass')
  })
})

describe('how far off', () => {
  it('is in percentage points for a share', () => {
    expect(off('%', 50, 25)).toBe('25 percentage points too high')
    expect(off('%', 96, 97)).toBe('1 percentage point too low')
  })
  it('is a factor where it is twice as much, and a share of it where it is less', () => {
    expect(off('calls', 1_000, 20)).toBe('too high by a factor of 50')
    expect(off('calls', 1, 20)).toBe('too low by a factor of 20')
    expect(off('ms', 11, 10)).toBe('10 % too high')
    expect(off('ms', 9, 10)).toBe('10 % too low')
  })
  it('is the difference where one of the two is 0', () => {
    expect(off('calls', 5, 0)).toBe('5 calls too high')
  })
  it('is nothing where both are written the same', () => {
    expect(off('%', 25.3, 25.312)).toBe('just right')
  })
})
