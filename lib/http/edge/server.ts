import type { Server } from 'node:http'
import { createHttpServer } from '../server'
import type { Edge } from './edge'

/** Bytes of the header fields of a request. */
const HEADER_BYTES = 16 * 1024
const HEADERS_MS = 10_000

/**
 * Creates a server for an edge, not yet listening. Its parser is strict, so that a request whose length can be read in two
 * ways (RFC 9112, 6.3) is refused with 400 and its connection closed.
 */
export const edgeServer = ({ listener }: Edge): Server =>
  createHttpServer(listener, {
    insecureHTTPParser: false,
    // Else Node would show us the first of two lines, and the origin would get both.
    joinDuplicateHeaders: true,
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: HEADERS_MS,
    // An upload may take its time.
    requestTimeout: 0,
  })
