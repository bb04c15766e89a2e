import { describe, expect, it } from 'vitest'
import { answeredBy, parseCacheStatus } from './answered-by'

describe('who answered a fetch', () => {
  it.each([
    ['the network', { transferSize: 352, encodedBodySize: 52, deliveryType: '' }, 'network'],
    ['the cache, as Chromium tells it', { transferSize: 0, encodedBodySize: 52, deliveryType: 'cache' }, 'browser'],
    ['the cache, where there is no deliveryType', { transferSize: 0, encodedBodySize: 52 }, 'browser'],
    ['the cache after a 304', { transferSize: 300, encodedBodySize: 52, deliveryType: '' }, 'browser-revalidated'],
    [
      'the same, as Chromium tells it',
      { transferSize: 300, encodedBodySize: 52, deliveryType: 'cache' },
      'browser-revalidated',
    ],
    ['nobody: the connection was refused', { transferSize: 0, encodedBodySize: 0 }, 'network'],
    ['no entry at all', undefined, 'network'],
  ])('%s', (_case, transfer, by) => expect(answeredBy(transfer)).toBe(by))
})

describe('Cache-Status', () => {
  it('is read member by member, the one nearest the origin first', () => {
    expect(parseCacheStatus('redis; fwd=miss; stored; ttl=120, memory; hit; ttl=9')).toEqual([
      { name: 'redis', params: { fwd: 'miss', stored: true, ttl: '120' } },
      { name: 'memory', params: { hit: true, ttl: '9' } },
    ])
  })
  it('keeps what is quoted together', () => {
    expect(parseCacheStatus('"my, cache"; detail="a; hit"')).toEqual([
      { name: 'my, cache', params: { detail: 'a; hit' } },
    ])
  })
  it('is empty where there is none', () => expect(parseCacheStatus(null)).toEqual([]))
})
