import type { Asked } from './asked'
import { type Fields, fieldOf } from './fields'

/**
 * The addresses whose stored answers are invalid after an unsafe request that did not fail (RFC 9111, 4.4): its own, and
 * those that Location and Content-Location name, where they are of the same origin. `authority` is the origin's.
 */
export function invalidatedBy({ key, headers }: Asked, fields: Fields, authority: string): Set<string> {
  const keys = new Set([key])
  const base = `http://${authority}`
  const ours = new Set([base, `http://${headers.host}`])
  for (const name of ['location', 'content-location']) {
    const target = fieldOf(fields, name)
    if (target === undefined || !URL.canParse(target, base + key)) continue
    const { origin, pathname, search } = new URL(target, base + key)
    if (ours.has(origin)) keys.add(pathname + search)
  }
  return keys
}
