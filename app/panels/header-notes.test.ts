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
    [
      'redis; fwd=miss; detail=refused',
      'redis had none: the origin was asked. It refused the answer: a newer version was written meanwhile.',
    ],
    [
      'edge; fwd=uri-miss; fwd-status=200',
      'edge had nothing for this address: the server behind it was called. It doesn’t store the response.',
    ],
    [
      'edge; fwd=uri-miss; fwd-status=200; stored; ttl=60',
      'edge had nothing for this address: the server behind it was called. It keeps the answer for 60 s.',
    ],
    [
      'edge; fwd=vary-miss; fwd-status=200; stored; ttl=60',
      'edge had nothing for these request fields: the server behind it was called. It keeps the answer for 60 s.',
    ],
    ['none; fwd=bypass', 'No tier was consulted: the origin was asked.'],
    ['memory;hit;ttl=7', 'memory answered, with 7 s left.'],
    ['memory; hit=?0; fwd=miss', 'memory had nothing: the origin was asked.'],
    ['memory; hit,', 'It doesn’t parse as a structured field, so caches ignore it.'],
  ])('Cache-Status: %s', (value, sentence) => expect(says('cache-status', value)).toBe(sentence))

  it.each([
    ['no-store', 'No HTTP cache may keep this.'],
    ['public, max-age=300', 'Any HTTP cache, the browser’s too, may reuse this for 300 s without asking.'],
    [
      'public, max-age=0, s-maxage=60',
      'Any HTTP cache, the browser’s too, may keep this, and asks before each use. One that many share may reuse it for 60 s without asking.',
    ],
    [
      'private, max-age=5, stale-while-revalidate=50, stale-if-error=300',
      'The reader’s own browser may reuse this for 5 s without asking. For 50 s more it may be given while a new one is fetched behind it. While the origin fails, it may be given for 300 s past its date.',
    ],
    [
      'private, no-cache',
      'The reader’s own browser may keep this, and has to ask before each use whether it still holds.',
    ],
  ])('Cache-Control: %s', (value, sentence) => expect(says('cache-control', value)).toBe(sentence))

  it('the headers of versions, of shared caches and of what an answer depends on', () => {
    expect(says('x-version', '3')).toBe('Version 3 of the value.')
    expect(says('cdn-cache-control', 'max-age=60')).toBe(
      'A cache that many share may reuse this for 60 s without asking.',
    )
    expect(says('vary', 'rsc, next-router-prefetch, Accept-Language, X-Forwarded-Host')).toMatch(
      / the same Accept-Language and X-Forwarded-Host\.$/,
    )
    expect(says('vary', 'rsc, next-router-prefetch')).toContain('depends on no header')
  })
})
