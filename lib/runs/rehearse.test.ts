import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, expect, it } from 'vitest'
import { loadHistograms } from './histogram'
import { rehearse } from './rehearse'

beforeAll(loadHistograms)

it.each([false, true])('a rehearsal comes to its end and asks the app nothing, cached: %s', async (cached) => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  server.on('connection', () => {
    asked += 1
  })
  await rehearse({
    run: 'run',
    addresses: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
    paths: ['/'],
    cached,
    config: {
      mode: 'open',
      rate: 1,
      durationMs: 60_000,
      connections: 200,
      arrivals: 'poisson',
      keys: { kind: 'one', count: 1, s: 1, seed: 1 },
      warmupMs: 10_000,
    },
  })
  expect(asked).toBe(0)
  await new Promise((closed) => server.close(closed))
})
