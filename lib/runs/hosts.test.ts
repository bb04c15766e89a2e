import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openClient } from './client'
import { loadHistograms } from './histogram'
import { drawHosts } from './hosts'
import { closeServers, load, ok, serve } from './testing'

/** Runs against several processes, which are servers of the test's own here. */

beforeAll(loadHistograms)
afterEach(closeServers)

describe('drawHosts', () => {
  const drawn = (count: number, seed: number, warmUp = false) =>
    Array.from({ length: 4_000 }, drawHosts(count, seed, warmUp))

  it.each([1, 2, 3, 4])('draws each of %i equally often', (count) => {
    const times = Array.from({ length: count }, (_, host) => drawn(count, 1).filter((each) => each === host).length)
    expect(times.reduce((sum, n) => sum + n)).toBe(4_000)
    // Four standard deviations of a binomial share.
    for (const n of times) expect(Math.abs(n - 4_000 / count)).toBeLessThan(4 * Math.sqrt((4_000 / count) * 0.75) + 1)
  })

  it('draws the same for the same seed, and others while warming up', () => {
    expect(drawn(4, 7)).toEqual(drawn(4, 7))
    expect(drawn(4, 7)).not.toEqual(drawn(4, 8))
    expect(drawn(4, 7)).not.toEqual(drawn(4, 7, true))
  })
})

describe('a run over several hosts', () => {
  it('sends each request to the one that its seed draws, over a connection of each client to each', async () => {
    const seen: number[] = []
    const clients = new Set<unknown>()
    const one = (host: number) =>
      serve((request, response) => {
        seen.push(host)
        clients.add(request.socket)
        ok(response)
      })
    const addresses = [await one(0), await one(1), await one(2)]
    await load(addresses, { requests: 60, connections: 1, keys: { seed: 5 } })
    expect(seen).toEqual(Array.from({ length: 60 }, drawHosts(3, 5)))
    expect(clients.size).toBe(3)

    seen.length = 0
    clients.clear()
    await load(addresses, { requests: 200, connections: 2 })
    expect(clients.size).toBe(6)
  })

  it('goes on when one is killed, whose requests fail, and has it answer again once it is back', async () => {
    let [killed, back, alive] = [0, 0, 0]
    const answer = (response: ServerResponse) => {
      if (reopened) back += 1
      else killed += 1
      ok(response)
      if (killed === 50 && !reopened) {
        doomed.closeAllConnections()
        doomed.close()
      }
    }
    let reopened = false
    const doomed = createServer((_request, response) => answer(response))
    const revived = createServer((_request, response) => answer(response))
    await new Promise<void>((done) => doomed.listen(0, '127.0.0.1', done))
    const { port } = doomed.address() as AddressInfo
    const other = await serve((_request, response) => {
      alive += 1
      ok(response)
      if (killed >= 50 && !reopened && alive > 100) {
        reopened = true
        revived.listen(port, '127.0.0.1')
      }
    })

    const { measured } = await load([`http://127.0.0.1:${port}`, other], { requests: 2_000, connections: 4 })
    expect(measured.requests).toBe(2_000)
    expect(measured.errors).toBeGreaterThan(0)
    expect(measured.failures).toMatchObject({ connection: measured.errors, status: 0, timeout: 0 })
    expect(back).toBeGreaterThan(100)
    // What was answered in the moment of the kill may not have arrived.
    expect(measured.requests - measured.errors).toBeLessThanOrEqual(killed + back + alive)
    expect(measured.requests - measured.errors).toBeGreaterThanOrEqual(killed + back + alive - 4)
    revived.closeAllConnections()
    await new Promise((closed) => revived.close(closed))
  })

  it('is one site to the caches of its clients: what one host answered is not asked of another', async () => {
    let requests = 0
    const cacheable = () =>
      serve((_request, response) => {
        requests += 1
        ok(response, { 'cache-control': 'private, max-age=60' })
      })
    const client = openClient([await cacheable(), await cacheable()], 655_360)
    expect(await client.ask('/a', {}, undefined, 0)).toMatchObject({ outcome: 'bypass' })
    expect(await client.ask('/a', {}, undefined, 1)).toMatchObject({ outcome: 'hit' })
    expect(await client.ask('/b', {}, undefined, 1)).toMatchObject({ outcome: 'bypass' })
    expect(requests).toBe(2)
    await client.destroy()
  })
})
