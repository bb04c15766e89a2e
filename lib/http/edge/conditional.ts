import { matchesEtag } from '../etag'
import type { Entry } from './entry'
import { type Fields, without } from './fields'
import { dateOf } from './freshness'
import { readDate } from './http-date'

/** What a client asks under conditions, as Node's parser gives it. */
export interface Conditions {
  'if-none-match'?: string
  'if-modified-since'?: string
  'if-range'?: string
  range?: string
}

/**
 * Whether the client holds an answer already: then a 304 says so (RFC 9110, 13.2.2). If-None-Match is compared weakly and
 * goes before If-Modified-Since. Only answers of 2xx have something to hold.
 */
export function isHeld(
  {
    status,
    fields,
    etag,
    lastModified,
    respondedAt,
  }: Pick<Entry, 'status' | 'fields' | 'etag' | 'lastModified' | 'respondedAt'>,
  asked: Conditions,
): boolean {
  if (status < 200 || status > 299) return false
  const ifNoneMatch = asked['if-none-match']
  if (ifNoneMatch !== undefined)
    return ifNoneMatch.trim() === '*' || (etag !== undefined && matchesEtag(ifNoneMatch, etag))
  const ifModifiedSince = asked['if-modified-since']
  const since = ifModifiedSince === undefined ? undefined : readDate(ifModifiedSince, respondedAt)
  if (since === undefined) return false
  // A stored answer without Last-Modified goes by its Date (RFC 9111, 4.3.2), so that one made after `since` is given whole.
  const modified = readDate(lastModified ?? '', respondedAt) ?? dateOf(fields, { respondedAt })
  return modified <= since
}

/** What describes the body that a 304 does not have (RFC 9110, 15.4.5). */
const OF_THE_BODY = new Set(['content-length', 'content-type', 'content-encoding', 'content-language', 'content-range'])
const ALSO_LAST_MODIFIED = new Set([...OF_THE_BODY, 'last-modified'])

/** The fields of a 304 in the place of an answer with these: Last-Modified only where there is no ETag. */
export function fieldsOf304(fields: Fields, etag: string | undefined): string[] {
  return without(fields, etag === undefined ? OF_THE_BODY : ALSO_LAST_MODIFIED)
}

/** A part of a body: from and to, both within it; or that there is no such part. */
export type Part = { from: number; to: number } | 'unsatisfiable'

/**
 * The part that a `Range` asks for (RFC 9110, 14.2), undefined where the whole is to be sent: no range or one that is not
 * understood, several of them (which may be answered so), or an If-Range that does not hold.
 */
export function partOf(entry: Entry, asked: Conditions): Part | undefined {
  const [, first = '', last = ''] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(asked.range ?? '') ?? []
  if (entry.status !== 200 || (first === '' && last === '') || !holdsRange(entry, asked['if-range'])) return undefined
  const size = entry.body.byteLength
  if (first === '') {
    const suffix = Math.min(Number(last), size)
    return suffix === 0 ? 'unsatisfiable' : { from: size - suffix, to: size - 1 }
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return undefined
  return from >= size ? 'unsatisfiable' : { from, to }
}

/** If-Range takes a strong validator: a strong tag, or a date that lies a second at least before Date (RFC 9110, 8.8.2.2). */
function holdsRange({ fields, etag, lastModified, respondedAt }: Entry, ifRange: string | undefined): boolean {
  if (ifRange === undefined) return true
  if (ifRange.startsWith('"')) return ifRange === etag
  const at = readDate(ifRange, respondedAt)
  const made = dateOf(fields, { respondedAt })
  return at !== undefined && ifRange === lastModified && made - at >= 1000
}
