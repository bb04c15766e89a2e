import { describe, expect, it } from 'vitest'
import type { Reading, Step } from '../reading'
import { cacheStatus, serverTiming } from './cache-status'

const NOW = 1_000_000
const entry = { value: 1, version: 1, storedAt: NOW - 23_000, expiresAt: NOW + 97_400 }
const reading = (outcome: Reading['outcome'], ...steps: [string, Step['result']][]): Reading => ({
  outcome,
  value: 1,
  entry,
  originCalls: 0,
  steps: steps.map(([tier, result]) => ({ tier, result, durMs: 1 })),
})

describe('cacheStatus', () => {
  it.each<[string, Reading, string]>([
    ['no tier', reading('bypass', ['origin', 'loaded']), 'none; fwd=bypass'],
    ['a hit', reading('hit', ['redis', 'hit']), 'redis; hit; ttl=97'],
    [
      'a miss',
      reading('miss', ['redis', 'miss'], ['origin', 'loaded'], ['redis', 'stored']),
      'redis; fwd=miss; stored; ttl=97',
    ],
    [
      'an expired entry',
      reading('miss', ['redis', 'expired'], ['redis', 'stored']),
      'redis; fwd=stale; stored; ttl=97',
    ],
    [
      'a tier that is away',
      reading('miss', ['redis', 'unavailable'], ['redis', 'unavailable']),
      'redis; fwd=miss; detail=unavailable',
    ],
    [
      'nonsense in a tier',
      reading('miss', ['redis', 'unparsable'], ['redis', 'stored']),
      'redis; fwd=miss; stored; ttl=97; detail=unparsable',
    ],
    [
      'a store that was refused',
      reading('miss', ['redis', 'miss'], ['origin', 'loaded'], ['redis', 'refused']),
      'redis; fwd=miss; detail=refused',
    ],
    ['a 304', reading('revalidated', ['origin', 'loaded'], ['http', 'revalidated']), 'http; fwd=stale; fwd-status=304'],
    ['two tiers', reading('hit', ['memory', 'miss'], ['redis', 'hit']), 'redis; hit; ttl=97, memory; fwd=miss'],
  ])('tells of %s', (_what, what, expected) => {
    expect(cacheStatus(what, 'none', NOW)).toBe(expected)
  })

  it('says by how much a stale answer is past its time', () => {
    const stale = { ...reading('stale', ['memory', 'hit']), entry: { ...entry, expiresAt: NOW - 3_000 } }
    expect(cacheStatus(stale, 'memory', NOW)).toBe('memory; hit; ttl=-3')
  })
})

describe('serverTiming', () => {
  it('sums a tier’s steps, and keeps added time out of the origin’s', () => {
    const steps: Step[] = [
      { tier: 'redis', result: 'miss', durMs: 0.3 },
      { tier: 'origin', result: 'loaded', durMs: 200.5, addedMs: 200, queries: 2 },
      { tier: 'redis', result: 'stored', durMs: 0.2 },
    ]
    expect(serverTiming(steps, 201.25)).toBe(
      'redis;dur=0.5, origin;dur=0.5;desc="2 queries", added;dur=200;desc="added on purpose", handler;dur=201.25',
    )
  })
})
