import { describe, expect, it } from 'vitest'
import { stopsAhead, stopsInWords, stopsOf, type Told } from './way-stops'

/** The stops that a request came to, as `name: note`; the one that answered in capitals. */
function way(headers: Record<string, string>, more: Partial<Told> = {}) {
  const told = { asker: 'page', outcome: 'hit', answered: true, roundTripMs: 10, ...more } as const
  const stops = stopsOf({ header: (name) => headers[name], ...told })
  return stops.flatMap(({ name, note, came, durMs }) =>
    came === 'not'
      ? []
      : [`${came === 'answered' ? name.toUpperCase() : name}: ${note}${durMs === undefined ? '' : ` ${durMs}`}`],
  )
}

describe('the way of a request', () => {
  it('goes through the tiers to the origin on a miss, with the time of each', () => {
    const headers = {
      'cache-status': 'redis; fwd=miss; stored; ttl=120',
      'server-timing':
        'redis;dur=0.5, origin;dur=20;desc="1 query", added;dur=4;desc="added on purpose", handler;dur=26',
      'x-worker': '77',
    }
    expect(way(headers, { outcome: 'miss' })).toEqual([
      'page: round trip 10',
      'process: 77 26',
      'redis: had none, stored 0.5',
      'ORIGIN: 1 query 24',
    ])
  })

  it('ends at the tier that answered', () => {
    const headers = { 'cache-status': 'memory; hit; ttl=5', 'server-timing': 'memory;dur=0.01, handler;dur=0.1' }
    expect(way({ ...headers, 'x-worker': '7' })).toEqual(['page: round trip 10', 'process: 7 0.1', 'MEMORY: hit 0.01'])
    expect(way({ 'cache-status': 'memory; hit; ttl=-1' }).at(-1)).toBe('MEMORY: stale')
    expect(way({ 'cache-status': 'memory;hit;ttl=-1' }).at(-1)).toBe('MEMORY: stale')
    expect(way({ 'cache-status': 'memory; fwd=miss; detail="; hit"' }).at(-1)).toBe('MEMORY: had none')
    expect(way({ 'cache-status': 'redis; fwd=miss; collapsed' }).at(-1)).toBe('REDIS: waited for another')
  })

  it('goes through the edge, and ends there where it answers, whatever the stored answer replays', () => {
    const hit = { 'cache-status': 'edge; hit; ttl=3', 'server-timing': 'edge;dur=0.2', 'x-worker': '7' }
    expect(way(hit)).toEqual(['page: round trip 10', 'EDGE: hit 0.2'])
    const miss = {
      'cache-status': 'memory; fwd=miss; stored; ttl=5, edge; fwd=uri-miss; fwd-status=200; stored; ttl=5',
      'server-timing': 'memory;dur=0.1, origin;dur=5, handler;dur=6, edge;dur=0.4',
      'x-worker': '7',
    }
    expect(way(miss, { outcome: 'miss' })).toEqual([
      'page: round trip 10',
      'edge: had none, stored 0.4',
      'process: 7 6',
      'memory: had none, stored 0.1',
      'ORIGIN: asked 5',
    ])
    expect(way({ 'cache-status': 'careless; hit' })).toEqual(['page: round trip 10', 'CARELESS EDGE: hit'])
    expect(way({ 'cache-status': 'edge; fwd=stale; fwd-status=304' })).toContain('edge: confirmed: 304')
  })

  it('never leaves the browser where its cache answered', () => {
    const replayed = { 'cache-status': 'none; fwd=bypass', 'server-timing': 'origin;dur=9, handler;dur=9' }
    expect(way(replayed, { browser: 'hit' })).toEqual(['page: round trip 10', 'BROWSER CACHE: answered'])
    expect(way(replayed, { browser: 'miss' }).slice(1, 3)).toEqual(['browser cache: had none', 'process: not named 9'])
  })

  it('has no end where nothing came back, and the origin at the end of a write', () => {
    expect(way({}, { answered: false, outcome: 'error' })).toEqual(['page: no answer 10'])
    expect(way({ 'x-worker': '7' }, { write: true })).toEqual([
      'page: round trip 10',
      'process: 7',
      'ORIGIN: written to',
    ])
  })

  it('is told in words', () => {
    const header = (name: string) => (name === 'cache-status' ? 'redis; hit; ttl=9' : undefined)
    const stops = stopsOf({ asker: 'this page', outcome: 'hit', answered: true, roundTripMs: 2, header })
    expect(stopsInWords(stops, 'hit', (value) => `${value} ms`)).toBe(
      'hit, after 2 ms. From this page to process (not named), then to redis (hit). The answer came from redis. Not asked: browser cache, edge, memory, origin.',
    )
  })

  it('shows what is ahead before anything was sent', () => {
    const ahead = stopsAhead(['redis'], 'this page').map(({ id, note, came }) => [id, note, came])
    expect(ahead).toEqual([
      ['page', 'asks', 'through'],
      ['client', 'not used', 'not'],
      ['edge', 'not used', 'not'],
      ['process', 'ready', 'through'],
      ['memory', 'not used', 'not'],
      ['redis', 'ready', 'through'],
      ['origin', 'the slow truth', 'through'],
    ])
  })
})
