import { createServer, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openClient } from './client'
import { loadHistograms } from './histogram'
import { closeServers, load, ok, serve } from './testing'

/** Servers that do not behave. Each run ends, counts what happened by its kind, and leaves no socket. */

beforeAll(loadHistograms)
afterEach(closeServers)

const HUGE = 100 * 1024 * 1024

/** Wait, turn by turn, until nobody is connected: a socket that was cut is gone a few turns later. */
async function connections(server: Server): Promise<number> {
  const count = () => new Promise<number>((known) => server.getConnections((_error, open) => known(open)))
  for (let turn = 0; turn < 1_000 && (await count()) > 0; turn += 1) await setImmediate()
  return count()
}

async function listening(respond: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => respond(response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('a run against a server that', () => {
  it.each<[string, (response: ServerResponse) => void, Record<string, number>, number]>([
    ['sends no body', (response) => response.writeHead(204).end(), {}, 0],
    ['sends an empty body', (response) => response.writeHead(200, { 'content-length': 0 }).end(), {}, 0],
    ['closes the connection after each answer', (response) => ok(response, { connection: 'close' }), {}, 11 * 40],
    ['answers with an error', (response) => response.writeHead(500).end(), { status: 40 }, 0],
    [
      'resets the connection instead of an answer',
      (response) => response.socket?.resetAndDestroy(),
      { connection: 40 },
      0,
    ],
    [
      'resets it in the middle of one',
      (response) =>
        response.writeHead(200, { 'content-length': 20 }).write('0123456789', () => response.socket?.resetAndDestroy()),
      { connection: 40 },
      Number.NaN,
    ],
  ])('%s', async (_name, respond, failures, bytes) => {
    const { server, address } = await listening(respond)
    const { measured } = await load(address, { requests: 40 })
    const errors = Object.values(failures).reduce((sum, n) => sum + n, 0)
    expect(measured).toMatchObject({
      requests: 40,
      errors,
      failures: { status: 0, timeout: 0, connection: 0, overflow: 0, ...failures },
    })
    if (!Number.isNaN(bytes)) expect(measured.bytes).toBe(bytes)
    expect(await connections(server)).toBe(0)
    await new Promise((closed) => server.close(closed))
  })

  it.each([
    ['answers in another language', (socket: Socket) => socket.once('data', () => socket.end('what?\r\n\r\n'))],
    ['talks before it is asked', (socket: Socket) => socket.end('220 ready\r\n')],
  ])('%s', async (_name, respond) => {
    const server = createTcpServer((socket) => void respond(socket.on('error', () => {}).resume()))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { measured } = await load(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { requests: 10 })
    expect(measured).toMatchObject({ requests: 10, errors: 10, failures: { connection: 10 } })
    await new Promise((closed) => server.close(closed))
  })

  it('sends 100 MB, of which nothing is kept', async () => {
    const chunk = Buffer.alloc(1024 * 1024)
    const address = await serve(async (_request, response) => {
      response.writeHead(200, { 'content-length': HUGE })
      for (let sent = 0; sent < HUGE; sent += chunk.length)
        if (!response.write(chunk)) await new Promise((drained) => response.once('drain', drained))
      response.end()
    })
    const before = process.memoryUsage().arrayBuffers
    const { measured } = await load(address, { requests: 1, connections: 1 })
    expect(measured).toMatchObject({ requests: 1, errors: 0, bytes: HUGE })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(0.9 * HUGE)
  })

  it('answers byte by byte without end: after ten seconds that is a timeout', async () => {
    const address = await serve((_request, response) => void response.writeHead(200).write('x'))
    const client = openClient([address], 0)
    const answer = client.ask('/', {})
    // Only time is made up: what is under way was asked just now.
    const later = performance.now() + 9_000
    client.look(later)
    await setImmediate()
    client.look(later + 1_100)
    expect(await answer).toMatchObject({ outcome: 'error', failure: 'timeout' })
    await client.destroy()
  })

  it('is not told of what a write mix only reads', async () => {
    const seen: string[] = []
    const address = await serve(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      seen.push(`${request.method} ${body}`)
      ok(response)
    })
    const run = { requests: 200, connections: 1, writes: 0.25 }
    const { measured } = await load(address, run, { bodies: ['{"a":1}', '{"a":2}'] })
    const patches = seen.filter((each) => each.startsWith('PATCH'))
    expect(patches.slice(0, 3)).toEqual(['PATCH {"a":1}', 'PATCH {"a":2}', 'PATCH {"a":1}'])
    expect(measured.requests).toBe(200 - patches.length)
    expect(measured.writes).toMatchObject({ requests: patches.length, errors: 0 })
    // Four standard deviations of a binomial share of 200.
    expect(Math.abs(patches.length - 50)).toBeLessThan(4 * Math.sqrt(200 * 0.25 * 0.75))

    const first = [...seen]
    seen.length = 0
    await load(address, run, { bodies: ['{"a":1}', '{"a":2}'] })
    expect(seen).toEqual(first)
  })
})
