import type { Settings } from '../settings'
import { OWN_ADDRESSES } from './own-addresses'

/** Header fields of answers that the app's pages read. Other scripts of other origins get none (Fetch, 4.9). */
export const EXPOSED = [
  'Age',
  'Cache-Control',
  'Cache-Status',
  'CDN-Cache-Control',
  'Content-Length',
  'Date',
  'ETag',
  'Server-Timing',
  'Vary',
  'Via',
  'X-Version',
  'X-Worker',
].join(', ')
/** What pages may send. */
const METHODS = 'GET, HEAD, PATCH'
const HEADERS = 'Accept-Language, Cache-Control, Content-Type, If-None-Match, X-Forwarded-Host'
/** Seconds that a browser may remember that it may ask. */
const REMEMBERED = 600

/** Where the app's pages may come from: loopback has three names, and the reader may have typed any. */
export function pageOrigins({ address, hosts }: Pick<Settings, 'address' | 'hosts'>): string[] {
  const { port, host } = new URL(address)
  const names = ['127.0.0.1', 'localhost', '[::1]', ...hosts].filter((name) => name !== OWN_ADDRESSES)
  return [host, ...names.map((name) => (port ? `${name}:${port}` : name))].map((authority) => `http://${authority}`)
}

/**
 * Let the app's own pages ask a handler that listens at another port than theirs (Fetch, 3.2), and nobody else's: what
 * other pages ask goes on to the handler's guard as it came.
 */
export function forPages(
  handler: (request: Request) => Promise<Response>,
  pages: readonly string[],
): (request: Request) => Promise<Response> {
  return async (request) => {
    const origin = request.headers.get('origin')
    if (origin === null || !pages.includes(origin)) return handler(request)
    const allowed = { 'access-control-allow-origin': origin, 'timing-allow-origin': origin }
    if (request.method === 'OPTIONS' && request.headers.has('access-control-request-method')) {
      return new Response(null, {
        status: 204,
        headers: {
          ...allowed,
          vary: 'Origin',
          'access-control-allow-methods': METHODS,
          'access-control-allow-headers': HEADERS,
          'access-control-max-age': String(REMEMBERED),
        },
      })
    }
    // It is one of ours: the guard would take it for somebody else's, and the log for a program's.
    const asked = new Request(request)
    asked.headers.delete('origin')
    asked.headers.set('sec-fetch-site', 'same-origin')
    const response = await handler(asked)
    for (const [name, value] of Object.entries(allowed)) response.headers.set(name, value)
    response.headers.set('access-control-expose-headers', EXPOSED)
    response.headers.append('vary', 'Origin')
    return response
  }
}
