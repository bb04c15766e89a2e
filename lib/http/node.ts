import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { asProblem, problem, problemResponse } from './problem'
import { refusedHead } from './request-head'

/**
 * Hosts a web handler on a server of {@link createHttpServer}. Whatever arrives has a response: what cannot be made a web
 * `Request` is refused with 400 or 405, and a handler that rejects answers with its problem. The request's `signal` aborts
 * when the client goes away.
 */
export function toNodeListener(handler: (request: Request) => Promise<Response>) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    // In the chain, so that nothing that a request holds can throw past it.
    Promise.resolve()
      .then(() => handler(toRequest(incoming, gone.signal)))
      .catch((error: unknown) => problemResponse(gone.signal.aborted ? problem('internal-error') : asProblem(error)))
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

/** Throws `method-not-allowed`, `invalid-target`, or `malformed-request`. */
function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const refused = refusedHead(incoming)
  if (refused) throw refused
  const { method = '', url = '', rawHeaders, headers: fields } = incoming
  try {
    const headers = new Headers()
    for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '')
    const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>)
    // Node needs `duplex` for a body that streams; the DOM's types do not know it.
    const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' }
    // A host that is no URL's, such as 1.2.3.4.5, is for the guard to refuse, which reads the field.
    const base = `http://${fields.host ?? ''}`
    return new Request(`${URL.canParse(base) ? base : 'http://localhost'}${url}`, init)
  } catch (cause) {
    throw problem('malformed-request', {}, { cause })
  }
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  const { body } = response
  const streams = response.headers.get('content-type') === 'text/event-stream'
  // Only event streams have no end in sight; passing anything else on as a stream would cost more than the handler.
  if (body && streams) await pipeline(Readable.fromWeb(body as NodeStream), outgoing)
  else outgoing.end(body ? Buffer.from(await response.arrayBuffer()) : undefined)
}
