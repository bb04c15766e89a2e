import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Client, Pool } from 'undici'
import { expect, it, onTestFinished } from 'vitest'
import { correctFraming } from './response-framing'

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** A server that answers the nth request with the nth of `answers`; how many connections it got. */
async function answering(...answers: string[]) {
  let connections = 0
  let requests = 0
  const server = createServer((socket) => {
    connections += 1
    socket.on('error', () => {})
    socket.on('data', () => {
      socket.write(answers[requests] ?? '')
      requests += 1
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections }
}

/** Statuses and bodies of `count` requests in turn. */
async function read(dispatcher: Client | Pool, count: number): Promise<(number | string)[][]> {
  onTestFinished(() => dispatcher.destroy())
  const all: (number | string)[][] = []
  for (let nth = 0; nth < count; nth += 1) {
    const { statusCode, body } = await dispatcher.request({ path: '/', method: 'GET' })
    all.push([statusCode, await body.text()])
  }
  return all
}

it.each([204, 304])('ends a %i at its head, whatever its Content-Length, and reuses the connection', async (status) => {
  const { address, connections } = await answering(`HTTP/1.1 ${status} X\r\nContent-Length: 5\r\n\r\n`, OK)
  expect(await read(correctFraming(new Client(address)), 2)).toEqual([
    [status, ''],
    [200, 'ok'],
  ])
  expect(connections()).toBe(1)
})

it('ends a 304 at its head if it says chunked', async () => {
  const { address } = await answering('HTTP/1.1 304 X\r\nTransfer-Encoding: chunked\r\n\r\n', OK)
  expect(await read(correctFraming(new Client(address)), 2)).toEqual([
    [304, ''],
    [200, 'ok'],
  ])
})

it.each([
  ['one', CONTINUE],
  ['several', CONTINUE.repeat(3)],
  ['one with fields', 'HTTP/1.1 100 Continue\r\nContent-Length: 7\r\nX-A: 1\r\n\r\n'],
  ['some among other 1xx', `${CONTINUE}HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${CONTINUE}`],
])('skips an unasked 100: %s', async (_what, interim) => {
  const { address, connections } = await answering(interim + OK, OK)
  expect(await read(correctFraming(new Client(address)), 2)).toEqual([
    [200, 'ok'],
    [200, 'ok'],
  ])
  expect(connections()).toBe(1)
})

it('corrects each connection of a pool', async () => {
  const { address } = await answering(CONTINUE + OK, 'HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n')
  const pool = correctFraming(new Pool(address, { connections: 2, pipelining: 1 }))
  const both = await Promise.all([read(pool, 1), read(pool, 1)])
  expect(both.flat().map(([status]) => status)).toEqual(expect.arrayContaining([200, 304]))
})

it('still fails a 200 that is shorter than its Content-Length', async () => {
  const { address } = await answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nok')
  const client = correctFraming(new Client(address, { bodyTimeout: 500 }))
  await expect(read(client, 1)).rejects.toThrow()
})
