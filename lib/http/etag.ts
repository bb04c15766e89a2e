import { createHash } from 'node:crypto'

/** A strong validator (RFC 9110, 8.8.3) of the JSON representation of `value`: 22 characters of its SHA-256. */
export function etagOf(value: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)}"`
}

/**
 * Whether an `If-None-Match` field names `etag`, by the weak comparison that RFC 9110, 13.1.2 asks for. `*` matches
 * whatever exists.
 */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch.trim() === '*') return true
  const opaque = (tag: string) => tag.replace(/^W\//, '')
  return (ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => opaque(tag) === opaque(etag))
}
