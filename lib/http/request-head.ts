import type { IncomingMessage } from 'node:http'
import { type Problem, problem } from './problem'

/** Methods that reach a handler. A web `Request` cannot hold TRACE or CONNECT, and nothing here answers the others. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const ALLOWED = METHODS.join(', ')

/** A host and a port as RFC 3986, 3.2.2 writes them. */
const HOST = /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i

/**
 * Gives the problem for which a request is refused by its method, target, or Host field, before anything converts them:
 * `method-not-allowed` or `invalid-target`.
 */
export function refusedHead({ method = '', url = '', headers, rawHeaders }: IncomingMessage): Problem | undefined {
  if (!METHODS.some((known) => known === method)) {
    const allow = { allow: ALLOWED }
    return problem('method-not-allowed', { parameter: 'method', given: method, accepted: ALLOWED }, { headers: allow })
  }
  if (pathOf(url) === undefined) {
    return problem('invalid-target', { parameter: 'target', given: url, accepted: 'a path that starts with one slash' })
  }
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]?.toLowerCase() === 'host') hosts += 1
  const { host = '' } = headers
  if (hosts !== 1 || !HOST.test(host)) {
    const given = hosts === 1 ? host : `${hosts} Host fields`
    return problem('invalid-target', { parameter: 'Host', given, accepted: 'one host name or address, with its port' })
  }
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
