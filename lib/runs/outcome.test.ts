import { describe, expect, it } from 'vitest'
import { handlerMs, outcomeOf } from './outcome'

describe('outcomeOf', () => {
  it.each([
    [200, 'redis; hit; ttl=97', 'hit'],
    [200, 'redis; hit; ttl=0', 'hit'],
    [200, 'memory; hit; ttl=-3', 'stale'],
    [200, 'redis; fwd=miss; stored; ttl=120', 'miss'],
    [200, 'redis; fwd=stale; stored; ttl=120', 'miss'],
    [200, 'redis; fwd=miss; detail=unavailable', 'miss'],
    [200, 'redis; fwd=miss; collapsed', 'coalesced'],
    [200, 'redis; hit; ttl=97, memory; fwd=miss', 'hit'],
    [200, 'none; fwd=bypass', 'bypass'],
    [304, '', 'revalidated'],
    [304, 'edge; fwd=uri-miss; fwd-status=304', 'revalidated'],
    [200, 'edge; fwd=stale; fwd-status=304; stored; ttl=5', 'revalidated'],
    [200, 'memory; fwd=miss; stored; ttl=5, edge; fwd=uri-miss; stored; ttl=5', 'miss'],
    [200, 'memory; hit; ttl=3, edge; fwd=uri-miss; stored; ttl=3', 'hit'],
    [200, 'memory; hit; ttl=-3, edge; hit; ttl=2', 'hit'],
    [200, 'memory; fwd=miss; stored; ttl=5, edge; hit; ttl=-2', 'stale'],
    [200, 'edge; hit; ttl=-2', 'stale'],
    [200, 'memory; fwd=miss; collapsed, edge; hit; ttl=2', 'hit'],
    [200, 'http; fwd=stale; fwd-status=304, edge; fwd=stale; fwd-status=304', 'revalidated'],
    [200, 'memory; fwd=miss; stored, edge; fwd=uri-miss; collapsed', 'coalesced'],
    [200, 'http; fwd=miss, edge; fwd=stale; fwd-status=304; collapsed; ttl=5', 'coalesced'],
    [200, 'edge; fwd=stale; fwd-status=503; collapsed; ttl=-5', 'stale'],
    [200, 'none; fwd=bypass, edge; fwd=uri-miss; stored; ttl=5', 'miss'],
    [200, 'none; fwd=bypass, edge; fwd=bypass', 'bypass'],
    [200, 'http; fwd=miss; detail=postgres-unavailable, edge; fwd=stale; fwd-status=503; ttl=-5', 'stale'],
    [200, 'A;hit', 'hit'],
    [200, 'host.example;hit;detail=match', 'hit'],
    [200, 'host.example;hit;ttl=-5', 'stale'],
    [200, '"A; hit, B"; fwd=uri-miss', 'miss'],
    [200, 'A; hit=?0; fwd=uri-miss', 'miss'],
    [200, 'A; fwd=uri-miss; detail="; hit"', 'miss'],
    [200, 'A; fwd=uri-miss; detail="fwd-status=304"', 'miss'],
    [200, 'A;fwd=uri-miss;collapsed', 'coalesced'],
    [200, 'A;fwd=stale;fwd-status=304', 'revalidated'],
    [200, 'A;fwd=bypass', 'bypass'],
    [200, 'A; hit, B; what is this', 'miss'],
    [404, 'redis; fwd=miss', 'miss'],
    [200, '', 'miss'],
    [500, 'redis; fwd=miss', 'error'],
    [503, '', 'error'],
    [400, '', 'error'],
  ])('%i with %j is %s', (status, cacheStatus, outcome) => {
    expect(outcomeOf(status, cacheStatus)).toBe(outcome)
  })
})

describe('handlerMs', () => {
  it.each([
    ['redis;dur=0.5, origin;dur=24.9;desc="1 query", handler;dur=25.6', 25.6],
    ['handler;dur=0', 0],
    ['redis;dur=0.5', undefined],
    ['handler;dur=x', undefined],
    ['', undefined],
  ])('of %j is %s', (field, expected) => {
    expect(handlerMs(field)).toBe(expected)
  })
})
