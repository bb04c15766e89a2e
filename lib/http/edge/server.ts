import { createServer, type Server } from 'node:http'
import type { Edge } from './edge'

/** Bytes of the header fields of a request. */
const HEADER_BYTES = 16 * 1024
const HEADERS_MS = 10_000

/**
 * A server for an edge, not yet listening. Its parser is strict, so that a request whose length can be read in two ways
 * (RFC 9112, 6.3) is refused with 400 and its connection closed. CONNECT is refused; a wish to upgrade is not granted.
 */
export function edgeServer({ listener }: Edge): Server {
  const server = createServer(
    {
      insecureHTTPParser: false,
      requireHostHeader: true,
      // Else Node would show us the first of two lines, and the origin would get both.
      joinDuplicateHeaders: true,
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      // An upload may take its time.
      requestTimeout: 0,
    },
    listener,
  )
  server.on('connect', (_request, socket) => {
    socket.on('error', () => {})
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
  })
  return server
}
