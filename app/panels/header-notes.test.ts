import { describe, expect, it } from 'vitest'
import { headerNote } from './header-notes'

const says = (name: string, value: string) => headerNote(name)?.says(value)

describe('what a header says', () => {
  it.each([
    ['memory; hit; ttl=7', 'memory answered, with 7 s left.'],
    ['memory; hit; ttl=-3', 'memory answered, 3 s past its date.'],
    ['memory; hit', 'memory answered. Its entry has no date.'],
    ['memory; fwd=miss; stored; ttl=10', 'memory had nothing: the origin was asked. It keeps the answer for 10 s.'],
    [
      'memory; fwd=miss; stored',
      'memory had nothing: the origin was asked. It keeps the answer until it is evicted or written to.',
    ],
    ['redis; fwd=miss; detail=unavailable', 'redis could not be reached.'],
    ['none; fwd=bypass', 'No tier was consulted: the origin was asked.'],
  ])('Cache-Status: %s', (value, sentence) => expect(says('cache-status', value)).toBe(sentence))

  it.each([
    ['no-store', 'No HTTP cache may keep this.'],
    ['public, max-age=300', 'Any HTTP cache, the browser’s too, may reuse this for 300 s without asking.'],
    [
      'private, no-cache',
      'The reader’s own browser may keep this, and has to ask before each use whether it still holds.',
    ],
  ])('Cache-Control: %s', (value, sentence) => expect(says('cache-control', value)).toBe(sentence))
})
