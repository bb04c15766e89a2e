import type { Entry } from './entry'
import { fieldOf, without } from './fields'
import type { Exchange } from './freshness'
import { hopsOf, viaOf } from './hops'
import { writeDate } from './http-date'
import type { Reply } from './origin'

const DATE = new Set(['date'])
const LENGTH = new Set(['content-length'])
const VIA = new Set(['via'])
const NONE: ReadonlySet<string> = new Set()

/** The fields of an answer as they go on and are stored: hop-by-hop fields gone, Via and, where it is missing, Date added. */
export function passedOn({ status, fields }: Reply, { respondedAt }: Exchange, name: string): string[] {
  // Content-Length must not go with a coding, nor with 204 (RFC 9110, 8.6).
  const unsized = status === 204 || fieldOf(fields, 'transfer-encoding') !== undefined
  const hops = hopsOf(fieldOf(fields, 'connection'))
  const undated = fieldOf(fields, 'date') === undefined
  const passed = without(fields, hops, unsized ? LENGTH : NONE, VIA, undated ? DATE : NONE)
  if (undated) passed.push('Date', writeDate(respondedAt))
  // undici's parser takes HTTP/1.1 and 1.0 alike and does not tell which it was.
  passed.push('Via', viaOf(fields, '1.1', name))
  return passed
}

/** An interim answer (1xx) as it goes on; it has no content to be framed (RFC 9110, 15.2). */
export function interimOn({ status, fields }: Reply, name: string): Reply {
  const passed = without(fields, hopsOf(fieldOf(fields, 'connection')), LENGTH, VIA)
  return { status, fields: [...passed, 'Via', viaOf(fields, '1.1', name)] }
}

/** Whether a 304 is about this stored answer: it names no other validator (RFC 9111, 4.3.4). */
export function confirms(stored: Entry, { fields }: Reply): boolean {
  const opaque = (tag: string | undefined) => tag?.replace(/^W\//, '')
  const etag = fieldOf(fields, 'etag')
  if (etag !== undefined) return opaque(etag) === opaque(stored.etag)
  const modified = fieldOf(fields, 'last-modified')
  return modified === undefined || stored.lastModified === undefined || modified === stored.lastModified
}

/** Whether the answer to a HEAD shows what is stored: validators and length, as far as it names them (RFC 9111, 4.3.5). */
export function shows(stored: Entry, { fields }: Reply): boolean {
  const same = (field: string, ours: string | undefined) => (fieldOf(fields, field) ?? ours) === ours
  return (
    same('etag', stored.etag) &&
    same('last-modified', stored.lastModified) &&
    same('content-length', String(stored.body.byteLength))
  )
}
