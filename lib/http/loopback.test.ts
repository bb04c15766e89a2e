import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLoopback } from './loopback'
import { listenOnLoopback } from './node'
import { resolveHost } from './resolve-host'

describe('names of this machine', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'app.localhost',
    'a.b-1.localhost.',
    '127.0.0.1',
    '127.255.0.9',
    '::1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::FFFF:7F12:34]',
  ])('%s', (host) => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each([
    '',
    '.localhost',
    'localhost..',
    'localhost.evil.test',
    'evillocalhost',
    'local host',
    '127.0.0.1.evil.test',
    '128.0.0.1',
    '0.0.0.0',
    '2130706433',
    '[::]',
    '[::2]',
    '[::ffff:8.8.8.8]',
    '[::ffff:808:808]',
    '[fe80::1]',
  ])('not %j', (host) => {
    expect(isLoopback(host)).toBe(false)
  })
})

describe('a connection', () => {
  const server = createServer()
  let port = 0
  beforeAll(async () => {
    port = await listenOnLoopback(server, 0)
  })
  afterAll(() => void server.close())

  it.each(['app.localhost', 'localhost.'])('to %s needs no DNS', async (host) => {
    const socket = connect({ host, port, lookup: resolveHost })
    await once(socket, 'connect')
    socket.destroy()
  })
})
