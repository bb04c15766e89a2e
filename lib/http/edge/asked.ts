import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { guard, isOurs } from '../guard'
import { type Problem, problem } from '../problem'
import { type Directives, readDirectives } from './directives'
import { valuesOf } from './fields'
import { cameBy, hopsOf } from './hops'
import type { Field } from './vary'

/** A request that may be answered. */
export interface Asked {
  method: string
  /** Path and query as they came: what the request is for, and the key of what is stored. */
  key: string
  headers: IncomingHttpHeaders
  directives: Directives
  /** A field as the origin gets it. */
  field: Field
  /** The fields (lower case) that are not passed on. */
  dropped: ReadonlySet<string>
  hasBody: boolean
  incoming: IncomingMessage
}

/** What a browser says of the page that asks. We have looked at it; the server behind us would refuse it. */
const OF_PAGES = ['origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-user']
/** They are made anew, or are not to be passed on: Expect was answered with 100, the others are ours. */
const OWN = ['host', 'via', 'expect', 'content-length']

const DROPPED: ReadonlySet<string> = new Set([...OWN, ...hopsOf(undefined)])
const DROPPED_OF_PAGES: ReadonlySet<string> = new Set([...DROPPED, ...OF_PAGES])

/** Look at a request: what it asks, or the problem for which it is refused. `hop` is what this edge is called in Via. */
export function readAsked(incoming: IncomingMessage, hop: string): Asked | Problem {
  const { headers, method = 'GET', rawHeaders, url = '' } = incoming
  const key = targetOf(url)
  if (key === undefined) {
    return problem('invalid-target', { parameter: 'target', given: url, accepted: 'a path that starts with a slash' })
  }
  const hosts = valuesOf(rawHeaders, 'host').length
  if (hosts !== 1) {
    return problem('invalid-target', { parameter: 'Host', given: `${hosts} Host fields`, accepted: 'one Host field' })
  }
  const textOf = (name: string): string | undefined => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }
  const refused = guard({ headers: { get: (name) => textOf(name) ?? null } })
  if (refused) return refused
  // Before anything is looked up: it would wait for itself (RFC 9110, 7.6.3).
  if (cameBy(headers.via, hop)) return problem('edge-loop')

  const plain = headers.origin === undefined ? DROPPED : DROPPED_OF_PAGES
  const { connection } = headers
  // Most connections say no more than this, and a set a request is what a hit would feel.
  const dropped =
    connection === undefined || connection === 'keep-alive' ? plain : new Set([...plain, ...hopsOf(connection)])
  const length = headers['content-length']
  return {
    method,
    key,
    headers,
    directives: readDirectives(headers['cache-control']),
    field(name) {
      // Via goes on with our own added, which is always the same.
      return name !== 'via' && dropped.has(name) ? undefined : textOf(name)
    },
    dropped,
    hasBody: headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) > 0),
    incoming,
  }
}

/** Path and query of a target (RFC 9112, 3.2), undefined where it is none of ours. `*` is for OPTIONS. */
function targetOf(target: string): string | undefined {
  // Anything else would be read in more than one way on the way to the origin.
  if (!/^[!-~]+$/.test(target) || target.includes('#') || target.includes('\\')) return undefined
  if (target.startsWith('/') || target === '*') return target
  const [, authority = '', rest = ''] = /^http:\/\/([^/?@]+)(.*)$/i.exec(target) ?? []
  if (!isOurs(authority)) return undefined
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** What there is to say of a request that is refused unread. */
export function refusedAsked(incoming: IncomingMessage): Asked {
  return {
    method: incoming.method ?? '',
    key: incoming.url ?? '',
    headers: incoming.headers,
    directives: new Map(),
    field: () => undefined,
    dropped: new Set(),
    hasBody: true,
    incoming,
  }
}

/** A field (lower case) of a request as it came, '' where it has none or nobody asked. */
export function headerOf(asked: Asked | undefined, name: string): string {
  const value = asked?.headers[name]
  return (Array.isArray(value) ? value.join(', ') : value) ?? ''
}
