import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { forward } from '../http/forward'
import { acceptedHosts, guard, isOurs, nameIn } from '../http/guard'
import { isLoopback } from '../http/loopback'
import { asProblem, type Problem, problem, problemParts } from '../http/problem'
import { pathOf, refusedHead } from '../http/request-head'
import { pageCookies } from '../page-cookies'
import { besideAddress, readBesidePath } from '../processes/paths'
import type { ProcessStates } from '../processes/routes'
import { mayBePage } from './csp'

/** Sent with every answer. */
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-resource-policy': 'same-origin',
}

export interface Front {
  /** Host names of ours, besides loopback's. */
  hosts: readonly string[]
  /** The app's own address, which its cookies are named after. */
  address: () => string
  /** The processes beside the app, which are reached by paths of its own; undefined before there are any. */
  processes: () => ProcessStates | undefined
  /** The Content-Security-Policy of what is answered at a path. */
  policy: (path: string) => string
  /** Answers what is let through. One that rejects has its request answered with a problem. */
  next: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/**
/**
 * Stands before Next: it sees the request line as it came, which Next reads in its own way. It refuses methods that
 * nothing answers, targets that are not a plain path, and hosts that are not ours, adds the security headers, gives pages
 * their cookies, and forwards what is for the processes beside the app.
 */
export function front({ hosts, address, processes, policy, next }: Front): RequestListener {
  const respond: Front['next'] = async (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
    // Over plain HTTP from another machine browsers ignore it, and say so as an error on each page.
    if (isLoopback(nameIn(request.headers.host ?? ''))) response.setHeader('cross-origin-opener-policy', 'same-origin')
    const path = pathOf(request.url ?? '') ?? ''
    response.setHeader('content-security-policy', policy(path))

    const refused = refusedHead(request) ?? refusedHost(request, hosts)
    if (refused) {
      answer(refused, request, response)
      return
    }
    if (asksForPage(request, path)) {
      // Next keeps what is set, also on a 304. No shared cache may hand one browser's cookies to another.
      response.setHeader('set-cookie', pageCookies(request.headers.cookie, address()))
      response.setHeader('cache-control', 'private, no-cache')
    }
    const beside = readBesidePath(request.url ?? '')
    if (!beside) return next(request, response)
    const foreign = guard({ headers: { get: (name) => fieldOf(request, name) } }, hosts)
    if (foreign) throw foreign
    const to = besideAddress(beside.name, processes())
    if (to === undefined) throw problem('process-unavailable', { detail: NOT_STARTED })
    return forward(request, response, { to, target: beside.target })
  }
  return (request, response) => {
    // Node ends a process whose promise rejects with nobody to see it.
    respond(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy(asProblem(error))
      else answer(asProblem(error), request, response)
    })
  }
}

/**
 * Refuses sockets that a page of another site opens: browsers let every page open them, and the development server has
 * one. Call it before anything else listens for them, and in development only: a server with a listener for `upgrade`
 * hands over the socket of every request that offers one, instead of answering the request.
 */
export function guardUpgrades(server: Server, hosts: readonly string[]): void {
  server.on('upgrade', ({ headers }, socket) => {
    const { host = '', origin } = headers
    const asked = new Request('http://localhost', { headers: { host, ...(origin ? { origin } : {}) } })
    if (guard(asked, hosts)) socket.on('error', () => {}).end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  })
}

const NOT_STARTED = 'It has not been started: PUT /api/edge or PUT /api/workers starts it.'

/** A field's value, its lines joined; null where it is missing. */
function fieldOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value.join(', ') : value) ?? null
}

/** Whether a request is for a page as a whole. Only a browser that is about to show one asks for HTML. */
function asksForPage({ method, headers }: IncomingMessage, path: string): boolean {
  const reads = method === 'GET' || method === 'HEAD'
  return reads && mayBePage(path) && (headers.accept ?? '').includes('text/html')
}

function refusedHost(request: IncomingMessage, hosts: readonly string[]): Problem | undefined {
  const given = request.headers.host ?? ''
  if (isOurs(given, hosts)) return undefined
  return problem('foreign-host', { parameter: 'Host', given, accepted: acceptedHosts(hosts) })
}

function answer(refused: Problem, request: IncomingMessage, response: ServerResponse): void {
  const { status, headers, text } = problemParts(refused)
  // A body that nobody will read would stand before the next request of this connection.
  response.writeHead(status, { ...headers, connection: 'close' })
  response.end(text)
  request.resume()
}
