import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import { toNodeListener } from '../http/node'
import { type TestContext, testContext } from '../testing/context'
import { loadHistograms } from './histogram'
import { load } from './testing'

/**
 * Staleness of real strategies, over HTTP, with two processes' worth of memory and one Redis. One client asks, so that
 * every write has been answered before the next read is sent, and no entry grows old.
 */

const processes: { test: TestContext; server: Server; address: string }[] = []

beforeAll(async () => {
  await loadHistograms()
  for (let n = 0; n < 2; n += 1) {
    const test = testContext()
    const server = createServer(toNodeListener((request) => handle(request, test.context)))
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    processes.push({ test, server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  }
})
afterAll(async () => {
  for (const { test, server } of processes) {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    await test.context.close()
  }
})

/** A run of reads and writes of two tasks, over so many of the processes. */
async function stale(strategy: string, hosts: number) {
  const query = `cache=${strategy}&ttl=60&lab=stale-${randomUUID()}`
  const { measured } = await load(
    processes.slice(0, hosts).map(({ address }) => address),
    { requests: 200, connections: 1, writes: 0.1, keys: { kind: 'uniform', count: 2 } },
    {
      paths: [`/api/tasks/1?${query}`, `/api/tasks/2?${query}`],
      bodies: ['{"title":"one"}', '{"title":"two"}', '{"title":"three"}'],
    },
  )
  expect(measured.errors + measured.writes.errors).toBe(0)
  expect(measured.writes.requests).toBeGreaterThan(5)
  return measured.stale
}

describe('stale reads of a run with writes', () => {
  it.each([
    ['none', 2],
    ['memory', 1],
    ['redis', 2],
  ])('are none with %s in %i processes: a write reaches all there is', async (strategy, hosts) => {
    expect(await stale(strategy, hosts)).toEqual({ requests: 0, rate: 0, ageMs: { p50: 0, p95: 0, max: 0 } })
  })

  it.each([
    ['memory', 2],
    ['redis-ttl-only', 1],
  ])('are many with %s in %i processes, where a write does not reach the entry', async (strategy, hosts) => {
    const told = await stale(strategy, hosts)
    expect(told?.rate).toBeGreaterThan(0.1)
    expect(told?.ageMs.max).toBeGreaterThan(0)
  })
})
