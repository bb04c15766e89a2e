import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { noCounts } from '../lab/counters'
import { listenToApp } from '../processes/control'
import { openGatherer } from '../processes/told'
import { ODD_REQUESTS, sendRaw } from '../testing/raw'
import { openEdge } from './edge/edge'
import { openEdgeLabs } from './edge/labs'
import { edgeServer } from './edge/server'
import { guard } from './guard'
import { listenOnLoopback, toNodeListener } from './node'
import { problem } from './problem'
import { createHttpServer } from './server'

const servers: Server[] = []
async function listen(server: Server): Promise<number> {
  servers.push(server)
  return listenOnLoopback(server, 0)
}
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

const handler = async (request: Request): Promise<Response> => {
  const refused = guard(request)
  if (refused) throw refused
  const { pathname } = new URL(request.url)
  if (pathname === '/problem') throw problem('unknown-path')
  if (pathname === '/broken') throw new Error('a fault')
  return new Response(`${request.method} ${pathname}: ${await request.text()}`)
}

/** Every kind of server that a process beside the app listens with. */
const KINDS: Record<string, () => Promise<number>> = {
  'a handler of web requests': () => listen(createHttpServer(toNodeListener(handler))),
  'an edge, which tells labs': async () => {
    const origin = await listen(createHttpServer(toNodeListener(handler)))
    const edge = openEdge({
      origin: `http://127.0.0.1:${origin}`,
      told: openEdgeLabs('edge-1', 'http://127.0.0.1:3000').told('edge'),
    })
    return listen(edgeServer(edge))
  },
  'the port of control': () => {
    const gatherer = openGatherer('process', noCounts)
    const nothing = { entries: () => Promise.reject(new Error('none')), clear: () => Promise.resolve(), redis() {} }
    return listenToApp({ gatherer, ...nothing }, 'token', 0)
  },
  'the rate provider': () => Promise.resolve(Number(new URL(inject('services').rates.url).port)),
}

describe.each(Object.entries(KINDS))('%s', (_kind, open) => {
  let port = 0
  beforeAll(async () => {
    port = await open()
  })

  it.each(Object.entries(ODD_REQUESTS))('answers %s with a problem, and stays', async (_odd, text) => {
    const answer = await sendRaw(port, text(port))
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json')
    expect(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 /,
    )
  })

  it.each(['h2c', 'websocket', 'foo/1'])('answers a request that offers %s as if it offered nothing', async (offer) => {
    const fields = `Host: localhost\r\nConnection: Upgrade, close\r\nUpgrade: ${offer}\r\n`
    expect(await sendRaw(port, `GET /health HTTP/1.1\r\n${fields}\r\n`)).toMatch(/^HTTP\/1\.1 (200|404) /)
  })
})

describe('a handler of web requests', () => {
  let port = 0
  beforeAll(async () => {
    port = await listen(createHttpServer(toNodeListener(handler)))
  })
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)

  it('that rejects with a problem answers with it', async () => {
    expect((await get('/problem')).status).toBe(404)
  })

  it('that rejects with anything else answers 500, and logs it', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const answer = await get('/broken')
    expect([answer.status, await answer.json()]).toMatchObject([500, { code: 'internal-error' }])
    expect(logged).toHaveBeenCalledWith(expect.stringMatching(/^Error: a fault\n/))
    logged.mockRestore()
  })

  it('does not answer a request that is whole because of the bytes after it', async () => {
    const slow = createHttpServer(toNodeListener(() => new Promise(() => {})))
    const port = await listen(slow)
    expect(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\nnot a request\r\n\r\n')).toBe('')
  })
})

it('a head that does not arrive in time is answered with 408', async () => {
  const server = createHttpServer(() => {}, { headersTimeout: 1, requestTimeout: 1, connectionsCheckingInterval: 5 })
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  const answer = await sendRaw((server.address() as AddressInfo).port, 'GET / HTTP/1.1\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain('"code":"request-timeout"')
})
