import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'

/**
 * Host a web handler on a bare `node:http` server. The request's `signal` aborts when the client goes away. A handler
 * that rejects gets its connection cut: `handle` does not.
 */
export function toNodeListener(handler: (request: Request) => Promise<Response>) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    handler(toRequest(incoming, gone.signal))
      .then((response) => send(response, outgoing))
      .catch(() => outgoing.destroy())
  }
}

/**
 * Have a server listen on loopback. Gives the port; rejects where it cannot have it.
 * @param port 0 for any that is free.
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '')
  }
  const { method = 'GET', url = '/' } = incoming
  const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>)
  // Node needs `duplex` for a body that streams; the DOM's types do not know it.
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' }
  return new Request(new URL(url, `http://${incoming.headers.host ?? 'localhost'}`), init)
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  const { body } = response
  const streams = response.headers.get('content-type') === 'text/event-stream'
  // Only event streams have no end in sight; passing anything else on as a stream would cost more than the handler.
  if (body && streams) await pipeline(Readable.fromWeb(body as NodeStream), outgoing)
  else outgoing.end(body ? Buffer.from(await response.arrayBuffer()) : undefined)
}
