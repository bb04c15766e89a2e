import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { listen, openRig, stop } from './conformance/rig'
import { edgeServer } from './server'
import { cutWhenStalled } from './stalled'

/** More than the buffers between two sockets of loopback hold. */
const MUCH = Buffer.alloc(32 * 1024 * 1024)

/** An edge that cuts after 100 ms, and the connections that its server has at the moment. */
async function rigged() {
  const rig = await openRig({ stalledMs: 100, entryBytes: 2 * MUCH.byteLength, bytes: 2 * MUCH.byteLength })
  const front: Server = edgeServer(rig.edge)
  let open = 0
  front.on('connection', (socket) => {
    open += 1
    socket.once('close', () => (open -= 1))
  })
  const port = Number(new URL(await listen(front)).port)
  onTestFinished(async () => {
    await stop(front)
    await rig.close()
  })
  /** Request a path with a client that never reads, until the edge has its connection. */
  const stall = async (path: string) => {
    const socket = connect(port, '127.0.0.1').pause()
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
    await once(front, 'connection')
  }
  return { rig, stall, open: () => open }
}

it('cuts a reader that stalls while the body comes, and the origin with it', async () => {
  const { rig, stall, open } = await rigged()
  let gone: Promise<unknown> | undefined
  const path = rig.serve((_incoming, response) => {
    gone = once(response, 'close')
    response.writeHead(200, { 'cache-control': 'no-store' }).write(MUCH)
  })
  await stall(path)
  await expect.poll(() => gone, { timeout: 60_000 }).toBeDefined()
  await gone
  await expect.poll(open, { timeout: 60_000 }).toBe(0)
})

it.each([
  ['of a body that has come', 'no-store'],
  ['of a stored answer', 'max-age=60'],
])('cuts a reader that stalls after the end %s', async (_what, control) => {
  const { rig, stall, open } = await rigged()
  const path = rig.serve((_incoming, response) => response.writeHead(200, { 'cache-control': control }).end(MUCH))
  if (control !== 'no-store') await rig.ask(path)
  await stall(path)
  await expect.poll(open, { timeout: 60_000 }).toBe(0)
})

it('cuts a reader that stalls after it took a first piece, when the next was ready', async () => {
  const server = createServer((_request, response) => {
    const send = (piece: Buffer) => {
      expect(response.write(piece)).toBe(false)
      cutWhenStalled(response, 100)
    }
    // The kernel takes this one.
    send(MUCH.subarray(0, 64 * 1024))
    response.once('drain', () => send(MUCH))
  })
  const responded = new Promise<ServerResponse>((resolve) =>
    server.once('request', (_request, response) => resolve(response)),
  )
  const port = Number(new URL(await listen(server)).port)
  const socket = connect(port, '127.0.0.1').pause()
  socket.on('error', () => {})
  onTestFinished(async () => {
    socket.destroy()
    await stop(server)
  })
  socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  const response = await responded
  await expect.poll(() => response.destroyed).toBe(true)
})
