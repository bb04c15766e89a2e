import { describe, expect, it } from 'vitest'
import { change, changeInPoints } from './change'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('the change from one run to the next', () => {
  it.each([
    [100, 100, 'same'],
    [100, 101, 'same'],
    [100, 114, '+14 %'],
    [100, 55, '−45 %'],
    [100, 50, '÷ 2.0'],
    [225, 0.9, '÷ 250'],
    [1, 12.4, '× 12'],
    [0, 12, 'from 0'],
    [12, 0, 'to 0'],
    [0, 0, 'same'],
  ])('%d to %d is %s', (before, after, said) => {
    expect(plain(change(before, after))).toBe(said)
  })
  it('of a rate is in points, since a ratio of 0 says nothing', () => {
    expect(plain(changeInPoints(0, 0.973))).toBe('+97.3 pts')
    expect(plain(changeInPoints(0.5, 0.253))).toBe('−24.7 pts')
    expect(changeInPoints(0.5, 0.5001)).toBe('same')
  })
})
