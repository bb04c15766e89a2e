import {
  createServer,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'
import { type Problem, type ProblemCode, problem, problemParts } from './problem'
import { METHODS } from './request-head'

/** What Node's parser reports, as a problem; everything else is malformed. */
const PARSER_ERRORS: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}

/**
 * Creates a server that answers whatever arrives: what Node's parser refuses (400, 408, or 431) and CONNECT (405) get a
 * problem too. An offer to upgrade is ignored as long as nothing listens for `upgrade` (RFC 9110, 7.8). The listener gets
 * requests without a Host field; {@link refusedHead} and the guard refuse them.
 */
export function createHttpServer(listener: RequestListener, options: ServerOptions = {}): Server {
  const server = createServer({ requireHostHeader: false, ...options }, listener)
  const answering = new WeakMap<Duplex, Set<ServerResponse>>()
  server.on('request', (request, response) => {
    const { socket } = request
    const responses = answering.get(socket) ?? new Set()
    answering.set(socket, responses.add(response))
    response.once('close', () => responses.delete(response))
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Bytes after a request that still waits for its response would be taken for that response.
    const taken = [...(answering.get(socket) ?? [])].some((response) => response.headersSent || response.req.complete)
    if (taken || error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else refuse(socket, problem(PARSER_ERRORS[error.code ?? ''] ?? 'malformed-request'))
  })
  server.on('connect', (_request, socket) => {
    const allow = METHODS.join(', ')
    refuse(socket, problem('method-not-allowed', { parameter: 'method', given: 'CONNECT' }, { headers: { allow } }))
  })
  return server
}

/** Writes a problem to a socket that has no `ServerResponse`, and closes it. */
function refuse(socket: Duplex, refused: Problem): void {
  const { status, headers, text } = problemParts(refused)
  const fields = {
    ...headers,
    date: new Date().toUTCString(),
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  socket.on('error', () => {})
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', text].join('\r\n'), () => socket.destroy())
}
