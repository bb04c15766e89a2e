import type { Asked } from './asked'
import type { Entry } from './entry'
import { type Fields, fieldOf, without } from './fields'
import { viaOf } from './hops'
import type { Call } from './origin'

/** Conditions and ranges of the client. They are not sent where the edge asks under conditions of its own. */
const CONDITIONS = new Set([
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
  'if-range',
  'range',
])
/** What the client asked of caches is not about a refresh that it does not wait for. */
const ASKED_OF_CACHES = new Set(['cache-control', 'pragma'])
const NONE: ReadonlySet<string> = new Set()

export interface CallOptions {
  /** Authority of the origin, for Host. */
  authority: string
  /** What we are called in Via. */
  hop: string
  /** Fields to add. */
  added: Fields
  /** Ask whether this still holds (RFC 9111, 4.3.1), in the place of what the client asked. */
  validate?: Entry
  /** Ask for the whole answer, whatever the client's conditions. */
  plain?: boolean
  /** Nobody waits for the answer. */
  background?: boolean
}

/** The request as it goes on (RFC 9110, 7.6): hop-by-hop fields gone, Via added, the origin's Host. */
export function callOf(asked: Asked, { authority, hop, added, validate, plain, background }: CallOptions): Call {
  const { incoming, method, key, hasBody } = asked
  const { rawHeaders, httpVersion } = incoming
  const own = validate !== undefined || plain || background
  const fields = ['Host', authority]
  fields.push(...without(rawHeaders, asked.dropped, own ? CONDITIONS : NONE, background ? ASKED_OF_CACHES : NONE))
  fields.push('Via', viaOf(rawHeaders, httpVersion, hop), ...added)
  if (validate?.etag !== undefined) fields.push('If-None-Match', validate.etag)
  if (validate?.lastModified !== undefined) fields.push('If-Modified-Since', validate.lastModified)
  const length = fieldOf(rawHeaders, 'content-length')
  if (length !== undefined && !background && (hasBody || method !== 'GET')) fields.push('Content-Length', length)
  return {
    method: background ? 'GET' : method,
    path: key,
    fields: countedDown(fields, asked),
    ...(hasBody && !background ? { body: incoming } : {}),
  }
}

/** `Max-Forwards` counts the hops of OPTIONS and TRACE (RFC 9110, 7.6.2). */
function countedDown(fields: string[], { method, headers }: Asked): string[] {
  const left = String(headers['max-forwards'] ?? '')
  if ((method !== 'OPTIONS' && method !== 'TRACE') || !/^\d+$/.test(left)) return fields
  return [...without(fields, new Set(['max-forwards'])), 'Max-Forwards', String(Math.max(Number(left) - 1, 0))]
}
