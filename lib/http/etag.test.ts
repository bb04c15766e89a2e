import { describe, expect, it } from 'vitest'
import { etagOf, matchesEtag } from './etag'

describe('matchesEtag', () => {
  it.each([
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
    ['', false],
  ])('%s against "a" is %s', (field, expected) => {
    expect(matchesEtag(field, '"a"')).toBe(expected)
  })
})

describe('etagOf', () => {
  it('is the same for the same value and another for another', () => {
    expect(etagOf({ a: 1 })).toBe(etagOf({ a: 1 }))
    expect(etagOf({ a: 1 })).not.toBe(etagOf({ a: 2 }))
  })
})
