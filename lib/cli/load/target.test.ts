import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { loadHistograms } from '../../runs/histogram'
import { load } from '../../runs/testing'
import { unreachable } from './target'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server that notes how each TLS handshake begins, and hangs up. */
async function hellos() {
  const heard: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (bytes) => {
      heard.push(bytes.toString('latin1'))
      socket.destroy()
    })
  })
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { heard, port: (server.address() as AddressInfo).port }
}

it.each([
  ['127.0.0.1', false],
  ['localhost', true],
])('RFC 6066, 3: https://%s is asked with a server name: %s', async (host, named) => {
  const { heard, port } = await hellos()
  await unreachable(`https://${host}:${port}`)
  await loadHistograms()
  await load(`https://${host}:${port}`, { requests: 1, connections: 1 })
  expect(heard.map((hello) => hello.includes(host))).toEqual([named, named])
})
