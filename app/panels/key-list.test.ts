import { describe, expect, it } from 'vitest'
import { readKeyList, writeKeyList } from './key-list'

describe('a recorded list of keys', () => {
  it('is read with commas, spaces and new lines, and counted from 0 then', () => {
    expect(readKeyList(' 1,2, 3\n10\t7;')).toEqual({ keys: [0, 1, 2, 9, 6], wrong: undefined })
    expect(readKeyList(writeKeyList([4, 0, 4])).keys).toEqual([4, 0, 4])
    expect(readKeyList('')).toEqual({ keys: [], wrong: undefined })
  })
  it.each(['0', '-1', '1.5', 'x', '1e3'])('tells of %s that it is no key', (piece) => {
    expect(readKeyList(`2 ${piece} 3 y`)).toEqual({ keys: [1, 2], wrong: piece })
  })
})
