import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openClient } from './client'
import { loadHistograms } from './histogram'
import { answered, keyOf, openSampler, sampledHeaders, type ToldSample } from './samples'
import { closeServers, load, ok, serve } from './testing'

beforeAll(loadHistograms)
afterEach(closeServers)

const told = (n: number): ToldSample => ({
  n,
  atMs: n,
  key: 0,
  method: 'GET',
  address: 0,
  outcome: 'hit',
  latencyMs: 1,
  serviceMs: 1,
  headers: {},
})
/** What is left of so many requests, by their numbers. */
function kept(requests: number): number[] {
  const sampler = openSampler()
  for (let n = 1; n <= requests; n += 1) if (sampler.wants(n)) sampler.add(told(n))
  return sampler.samples().map(({ n }) => n)
}

describe('the sample', () => {
  it.each([0, 1, 100, 400])('of %i requests is all of them', (requests) => {
    expect(kept(requests)).toEqual(Array.from({ length: requests }, (_, n) => n + 1))
  })

  it.each([401, 1_000, 7_777, 200_000])('of %i is the first hundred, and evenly spaced ones to the end', (requests) => {
    const numbers = kept(requests)
    expect(numbers.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1))
    expect(numbers.length).toBeLessThanOrEqual(400)
    expect(numbers.length).toBeGreaterThanOrEqual(250)
    const gaps = new Set(numbers.slice(100).map((n, at) => n - (numbers[99 + at] ?? 0)))
    expect(gaps.size).toBe(1)
    expect(requests - (numbers.at(-1) ?? 0)).toBeLessThan([...gaps][0] ?? 0)
  })

  it('is in the order of sending, whichever was answered first, and leaves out what was thinned out meanwhile', () => {
    const sampler = openSampler()
    for (let n = 2; n <= 401; n += 1) sampler.add(told(n))
    sampler.add(told(1))
    sampler.add(told(103))
    const numbers = sampler.samples().map(({ n }) => n)
    expect(numbers.slice(0, 3)).toEqual([1, 2, 3])
    expect(numbers.slice(99, 102)).toEqual([100, 102, 104])
  })
})

describe('a request that is kept', () => {
  it('has what it asked for without the lab, whose name may be a secret', () => {
    expect(keyOf('/api/tasks/7?cache=redis&ttl=5&lab=0123')).toBe('/api/tasks/7')
    expect(keyOf('/api/exchange?base=USD&target=KRW&cache=none&lab=a')).toBe('/api/exchange?base=USD&target=KRW')
  })

  it('has the headers that tell of its way, cut to a bound, and no others', () => {
    const headers = { 'cache-status': 'x'.repeat(10_000), 'x-worker': '7', 'set-cookie': ['a=b'], vary: ['a', 'b'] }
    const few = sampledHeaders(headers)
    expect(Object.keys(few)).toEqual(['cache-status', 'vary', 'x-worker'])
    expect(few['cache-status']?.length).toBe(500)
    expect(few.vary).toBe('a, b')
  })

  it('is told with its answer, at the end of its run', async () => {
    const serving = (worker: string) =>
      serve((request, response) =>
        request.url === '/bad'
          ? void response.writeHead(503, { 'x-worker': worker }).end()
          : ok(response, { 'x-worker': worker, 'x-version': '3', 'cache-status': 'memory; hit; ttl=4' }),
      )
    const addresses = [await serving('a'), await serving('b')]
    const paths = ['/good', '/bad']
    const { samples } = await load(addresses, { requests: 40, keys: { kind: 'cycle', count: 2 } }, { paths })
    expect(samples.length).toBe(40)
    for (const { address, headers } of samples) expect(headers['x-worker']).toBe(['a', 'b'][address])
    expect(new Set(samples.map(({ address }) => address)).size).toBe(2)
    expect(samples[0]).toMatchObject({ n: 1, key: 0, status: 200, outcome: 'hit', version: 3 })
    expect(samples[0]?.headers).toEqual({
      'cache-status': 'memory; hit; ttl=4',
      'server-timing': 'handler;dur=0.5',
      'x-version': '3',
      'x-worker': 'a',
    })
    expect(samples[1]).toMatchObject({ n: 2, key: 1, status: 503, outcome: 'error', failure: 'status' })
    expect(samples.every(({ atMs, latencyMs }) => atMs >= 0 && latencyMs > 0)).toBe(true)
  })

  it('has what the cache of its client did, where it has one', async () => {
    const address = await serve((request, response) => {
      const headers = { etag: '"1"', 'cache-control': `private, max-age=${request.url === '/fresh' ? 60 : 0}` }
      if (request.headers['if-none-match']) return void response.writeHead(304, headers).end()
      ok(response, headers)
    })
    const client = openClient([address], 655_360)
    const ask = async (path: string) => answered(await client.ask(path, {}, undefined, 0, true)).browser
    expect([await ask('/fresh'), await ask('/fresh')]).toEqual(['miss', 'hit'])
    expect([await ask('/old'), await ask('/old')]).toEqual(['miss', 'revalidated'])
    await client.destroy()
  })
})
