import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** A process of its own that answers at once, but for 200 ms of every 2 s: who asks then waits until they are over. */

const EVERY_MS = 2_000
const STALL_MS = 200

const server = createServer((_request, response) => {
  const left = STALL_MS - (performance.now() % EVERY_MS)
  const answer = () => response.end('{"value":1}')
  if (left > 0) void setTimeout(left).then(answer)
  else answer()
})
server.listen(0, '127.0.0.1', () => console.log(`listens at ${(server.address() as AddressInfo).port}`))
