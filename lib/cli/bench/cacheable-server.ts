import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/**
 * An origin for shared caches, a process of its own: 1 KiB of JSON that may be kept for an hour, at every path. Below
 * `/slow/` it takes 200 ms. `/calls` says how often each of those was asked for.
 */

const SLOW_MS = 200
const BODY = JSON.stringify({ value: 'x'.repeat(1024) })
const calls = new Map<string, number>()

const server = createServer((request, response) => {
  const path = request.url ?? ''
  const answer = () => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': BODY.length,
      'cache-control': 'max-age=3600',
      etag: '"1"',
    })
    response.end(BODY)
  }
  if (path === '/calls') {
    response.setHeader('cache-control', 'no-store').end(JSON.stringify(Object.fromEntries(calls)))
  } else if (path.startsWith('/slow/')) {
    calls.set(path, (calls.get(path) ?? 0) + 1)
    void setTimeout(SLOW_MS).then(answer)
  } else answer()
})
server.listen(0, '127.0.0.1', () => console.log(`listens at ${(server.address() as AddressInfo).port}`))
