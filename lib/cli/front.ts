import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { acceptedHosts, guard, isOurs } from '../http/guard'
import { type Problem, problem, problemResponse } from '../http/problem'

/** Sent with every answer. */
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

export interface Front {
  /** Host names of ours, besides loopback's. */
  hosts: readonly string[]
  /** The Content-Security-Policy of what is answered at a path. */
  policy: (path: string) => string
  /** Who answers what is let through. */
  next: RequestListener
}

/**
 * What stands before Next: it sees the request line as it came, which Next has already read in its own way. It refuses
 * targets that are no plain path and hosts that are not ours, and adds the security headers.
 */
export function front({ hosts, policy, next }: Front): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
    const target = request.url ?? ''
    const path = pathOf(target)
    response.setHeader('content-security-policy', policy(path ?? ''))

    const refused = path === undefined ? refusedTarget(target) : refusedHost(request, hosts)
    if (refused) void answer(refused, request, response)
    else next(request, response)
  }
}

/**
 * Refuse sockets that a page of another site opens: browsers let every page open them, and the development server has
 * one. Call it before anything else listens for them.
 */
export function guardUpgrades(server: Server, hosts: readonly string[]): void {
  server.on('upgrade', ({ headers }, socket) => {
    const { host = '', origin } = headers
    const asked = new Request('http://localhost', { headers: { host, ...(origin ? { origin } : {}) } })
    if (guard(asked, hosts)) socket.on('error', () => {}).end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  })
}

/** The decoded path of a target in origin form (RFC 9112, 3.2.1), or undefined where it is none that we take. */
export function pathOf(target: string): string | undefined {
  // Two slashes would be read as a host; a backslash as a slash.
  if (!target.startsWith('/') || target.startsWith('//') || target.includes('\\')) return undefined
  try {
    const [path = '', ...query] = target.split('?').map(decodeURIComponent)
    return isControl(path) || query.some((part) => part.includes('\0')) ? undefined : path
  } catch {
    return undefined
  }
}

function isControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\u0000-\u001f\u007f]/.test(text)
}

function refusedTarget(given: string): Problem {
  return problem('invalid-target', { parameter: 'target', given, accepted: 'a path that starts with one slash' })
}

function refusedHost(request: IncomingMessage, hosts: readonly string[]): Problem | undefined {
  const given = request.headers.host ?? ''
  if (isOurs(given, hosts)) return undefined
  return problem('foreign-host', { parameter: 'Host', given, accepted: acceptedHosts(hosts) })
}

async function answer(refused: Problem, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, headers, body } = problemResponse(refused)
  // A body that nobody will read would stand before the next request of this connection.
  response.writeHead(status, { ...Object.fromEntries(headers), connection: 'close' })
  response.end(await new Response(body).text())
  request.resume()
}
