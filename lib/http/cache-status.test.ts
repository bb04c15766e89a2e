import { describe, expect, it } from 'vitest'
import type { Reading, Step } from '../reading'
import { type CacheMember, cacheStatus, readCacheStatus, serverTiming, writeCacheStatus } from './cache-status'

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
    ['two tiers', reading('hit', ['memory', 'miss'], ['redis', 'hit']), 'redis; hit; ttl=97, memory; fwd=miss'],
  ])('tells of %s', (_what, what, expected) => {
    expect(cacheStatus(what, 'none', NOW)).toBe(expected)
  })

  it('is empty for a strategy that keeps nothing in the server, whatever it did', () => {
    expect(cacheStatus(reading('revalidated', ['origin', 'loaded'], ['http', 'revalidated']), undefined, NOW)).toBe('')
  })

  it('says by how much a stale answer is past its time', () => {
    const stale = { ...reading('stale', ['memory', 'hit']), entry: { ...entry, expiresAt: NOW - 3_000 } }
    expect(cacheStatus(stale, 'memory', NOW)).toBe('memory; hit; ttl=-3')
  })
})

/** Without what a cache doesn't say. */
const told = (field: string | null) =>
  readCacheStatus(field).map((member) =>
    Object.fromEntries(Object.entries(member).filter(([, value]) => value !== undefined && value !== false)),
  )

describe('RFC 9211, 2: a Cache-Status field', () => {
  it.each<[string | null, Partial<CacheMember>[]]>([
    [null, []],
    ['', []],
    [
      'redis; fwd=miss; stored; ttl=120, memory; hit; ttl=-9',
      [
        { name: 'redis', fwd: 'miss', stored: true, ttl: 120 },
        { name: 'memory', hit: true, ttl: -9 },
      ],
    ],
    [
      'A;hit;ttl=3 ,\tB;fwd=stale;fwd-status=304',
      [
        { name: 'A', hit: true, ttl: 3 },
        { name: 'B', fwd: 'stale', fwdStatus: 304 },
      ],
    ],
    [
      '"my, \\"own\\" cache"; fwd=uri-miss; detail="a; hit"',
      [{ name: 'my, "own" cache', fwd: 'uri-miss', detail: 'a; hit' }],
    ],
    ['A; hit=?0; fwd=method; collapsed=?1; key="/x;hit"', [{ name: 'A', fwd: 'method', collapsed: true }]],
    // The last of a parameter counts (RFC 9651, 4.2.3.2).
    ['A; ttl=1; ttl=2', [{ name: 'A', ttl: 2 }]],
  ])('%j', (field, members) => {
    expect(told(field)).toEqual(members)
    expect(told(field)).toEqual(members)
  })

  it.each([
    ['a parameter of another type', 'A; hit=1; fwd="miss"; fwd-status=x; ttl=1.5; stored=yes', [{ name: 'A' }]],
    ['a member that is no name', '(A B); hit, 12; hit, C; hit', [{ name: 'C', hit: true }]],
  ])('is read without %s', (_what, field, members) => expect(told(field)).toEqual(members))

  it.each(['A; hit,', 'A; hit B; hit', '; hit', 'A; HIT', 'A; detail="x', 'Ä; hit', 'A; ttl=1234567890123456'])(
    'that doesn’t parse is ignored as a whole: %s',
    (field) => expect(readCacheStatus(field)).toEqual([]),
  )

  it.each<[CacheMember, string]>([
    [
      { name: 'edge', fwd: 'stale', fwdStatus: 503, ttl: -5, detail: 'timeout' },
      'edge; fwd=stale; fwd-status=503; ttl=-5; detail=timeout',
    ],
    [{ name: 'my cache', hit: true, detail: 'a "b"' }, '"my cache"; hit; detail="a \\"b\\""'],
    [{ name: '1', hit: false, stored: false, fwd: 'miss' }, '"1"; fwd=miss'],
    [{ name: 'a', hit: true, ttl: 1e20 }, 'a; hit; ttl=999999999999999'],
  ])('is written so that it can be read again: %j', (member, field) => {
    expect(writeCacheStatus([member])).toBe(field)
    expect(told(writeCacheStatus([member, member]))).toEqual(told([field, field].join(',')))
    expect(told(field)[0]).toMatchObject({ name: member.name })
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
