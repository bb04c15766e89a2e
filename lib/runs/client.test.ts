import type { IncomingMessage } from 'node:http'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openClient } from './client'
import { loadHistograms } from './histogram'
import { UNCOUNTED_HEADER } from './run-header'
import { closeServers, load, ok, serve } from './testing'

beforeAll(loadHistograms)
afterEach(closeServers)

describe('a client with a cache of its own', () => {
  it('asks once for each connection while the answer is fresh, and its hits have no handler time', async () => {
    let requests = 0
    const address = await serve((_request, response) => {
      requests += 1
      ok(response, { 'cache-control': 'public, max-age=60', etag: '"1"', 'cache-status': 'http; fwd=miss' })
    })
    const { measured } = await load(address, { requests: 400, connections: 4 }, { cached: true })
    expect(requests).toBe(4)
    expect(measured.outcomes).toMatchObject({ hit: 396, miss: 4 })
    expect(measured.hitRate).toBe(0.99)
    expect(measured.bytes).toBe(4 * 11)
  })

  it('asks with its ETag when the answer is no longer fresh, and counts a 304 as revalidated', async () => {
    let conditional = 0
    const address = await serve((request, response) => {
      const headers = { 'cache-control': 'no-cache', etag: '"1"' }
      if (request.headers['if-none-match'] !== '"1"')
        return ok(response, { ...headers, 'cache-status': 'http; fwd=miss' })
      conditional += 1
      response.writeHead(304, headers).end()
    })
    const { measured } = await load(address, { requests: 50, connections: 1 }, { cached: true })
    expect(conditional).toBe(49)
    expect(measured.outcomes).toMatchObject({ miss: 1, revalidated: 49, hit: 0 })
  })

  it.each(['public', 'private'])('asks before each use with %s, no-cache, and takes the new answer', async (scope) => {
    // Each answer holds for two requests: the one that has it sent, and the next, which asks whether it still does.
    let requests = 0
    const address = await serve((request, response) => {
      const etag = `"${Math.floor(requests / 2)}"`
      requests += 1
      const headers = { 'cache-control': `${scope}, no-cache`, etag, 'cache-status': 'http; fwd=stale' }
      if (request.headers['if-none-match'] === etag) return response.writeHead(304, headers).end()
      ok(response, headers)
    })
    const { measured } = await load(address, { requests: 20, connections: 1 }, { cached: true })
    expect(requests).toBe(20)
    expect(measured.outcomes).toMatchObject({ miss: 10, revalidated: 10, hit: 0 })
    expect(measured.bytes).toBe(10 * 11)
  })

  it('keeps what a 304 confirmed: the next request is a hit', async () => {
    // The first answer may not be used without asking; the 304 says that from now on it may.
    let requests = 0
    const address = await serve((request, response) => {
      requests += 1
      if (!request.headers['if-none-match'])
        return ok(response, { 'cache-control': 'no-cache', etag: '"1"', 'cache-status': 'http; fwd=miss' })
      response.writeHead(304, { 'cache-control': 'max-age=60', etag: '"1"' }).end()
    })
    const { measured } = await load(address, { requests: 10, connections: 1 }, { cached: true })
    expect(requests).toBe(2)
    expect(measured.outcomes).toMatchObject({ miss: 1, revalidated: 1, hit: 8 })
  })

  it('keeps nothing that says no-store', async () => {
    let requests = 0
    const address = await serve((_request, response) => {
      requests += 1
      ok(response, { 'cache-control': 'no-store' })
    })
    await load(address, { requests: 20, connections: 2 }, { cached: true })
    expect(requests).toBe(20)
  })

  it('keeps as much as its share of what all may keep', async () => {
    let requests = 0
    const body = Buffer.alloc(200_000)
    const address = await serve((_request, response) => {
      requests += 1
      response.writeHead(200, { 'cache-control': 'max-age=60', 'cache-status': 'http; fwd=miss' }).end(body)
    })
    const paths = Array.from({ length: 10 }, (_, n) => `/${n}`)
    const cycle = { kind: 'cycle' as const, count: 10, s: 1, seed: 1 }
    await load(address, { requests: 40, connections: 1, keys: cycle }, { paths, cached: true })
    expect(requests).toBe(10)
    // A two-hundredth of 128 MiB holds three of them. Each client asks once, and once again, when others have come since.
    requests = 0
    const client = openClient([address], 655_360)
    for (let i = 0; i < 20; i += 1) await client.ask(paths[i % 10] ?? '/', {})
    await client.destroy()
    expect(requests).toBe(20)
  })
})

it('serves stale while it refreshes, says so, and waits at the end for a refresh that no one is to count', async () => {
  const uncounted: unknown[] = []
  let refreshed = () => {}
  const address = await serve((request, response) => {
    uncounted.push(request.headers[UNCOUNTED_HEADER])
    const headers = { 'cache-control': 'max-age=1, stale-while-revalidate=600', etag: '"1"' }
    if (uncounted.length === 1) return ok(response, headers)
    refreshed = () => response.writeHead(304, headers).end()
  })
  const client = openClient([address], 655_360)
  await client.ask('/one', {})
  const served = () => client.ask('/one', {}).then(({ outcome, own }) => `${outcome} ${own}`)
  await expect.poll(served, { timeout: 60_000 }).toBe('stale true')
  await expect.poll(() => uncounted).toEqual([undefined, '1'])
  let over = false
  const quiet = client.refreshed().then(() => {
    over = true
  })
  await new Promise((turn) => setImmediate(turn))
  expect(over).toBe(false)
  refreshed()
  await quiet
  await client.destroy()
})

describe('a connection that the server closes between two requests', () => {
  /** Answers the first request of each connection, and does something else with the next. */
  async function onceEach(then: (request: IncomingMessage) => unknown) {
    const used = new WeakSet()
    const counted = { requests: 0 }
    const address = await serve((request, response) => {
      counted.requests += 1
      if (used.has(request.socket)) return then(request)
      used.add(request.socket)
      ok(response)
    })
    return { address, counted }
  }

  it('loses no GET: it is sent once more, and counted', async () => {
    const { address, counted } = await onceEach(({ socket }) => socket.destroy())
    const { measured, samples } = await load(address, { requests: 20, connections: 1 })
    expect(measured).toMatchObject({ requests: 20, errors: 0, retries: 19, statuses: { 200: 20 } })
    expect(counted.requests).toBe(39)
    expect(samples).toHaveLength(20)
  })

  it('loses no GET of a client with a cache of its own', async () => {
    const { address } = await onceEach(({ socket }) => socket.destroy())
    const { measured } = await load(address, { requests: 20, connections: 1 }, { cached: true })
    expect(measured).toMatchObject({ requests: 20, errors: 0, retries: 19 })
  })

  it('is an error if a response had begun', async () => {
    const { address, counted } = await onceEach(({ socket }) => socket.end('HTTP/1.1 2'))
    const { measured } = await load(address, { requests: 20, connections: 1 })
    expect(measured).toMatchObject({ requests: 20, errors: 10, failures: { connection: 10 }, retries: 0 })
    expect(counted.requests).toBe(20)
  })

  it('is an error of a write, which may have been done', async () => {
    const { address, counted } = await onceEach(({ socket }) => socket.destroy())
    const client = openClient([address], 0)
    await client.ask('/', {})
    expect(await client.ask('/', {}, '{}')).toMatchObject({ outcome: 'error', failure: 'connection' })
    await client.destroy()
    expect(counted.requests).toBe(2)
  })

  it('is tried no third time', async () => {
    let requests = 0
    const address = await serve((request, response) => {
      requests += 1
      if (requests === 1) ok(response)
      else request.socket.destroy()
    })
    const { measured } = await load(address, { requests: 2, connections: 1 })
    expect(measured).toMatchObject({ requests: 2, errors: 1, retries: 1 })
    expect(requests).toBe(3)
  })
})

describe('a client', () => {
  it.each([
    ['a 304 with a length', 'HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n'],
    ['an unasked 100', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    ['20 KiB of fields', `HTTP/1.1 200 OK\r\nX-A: ${'x'.repeat(20_000)}\r\nContent-Length: 2\r\n\r\nok`],
  ])('reads %s', async (_what, bytes) => {
    const address = await serve(({ socket }) => socket.write(bytes))
    const { measured } = await load(address, { requests: 10, connections: 2 })
    expect([measured.requests, measured.errors]).toEqual([10, 0])
  })
})
