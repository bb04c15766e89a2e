import { randomBytes } from 'node:crypto'
import { readCookie, setCookie } from './http/cookie'
import { LAB_COOKIE } from './lab/of-request'
import { LEARNER_COOKIE } from './notebook/of-request'

/** Makes a name that nobody can guess: 128 random bits. It fits every kind of cookie. */
export const secretName = (): string => randomBytes(16).toString('hex')

/**
 * Makes the `Set-Cookie` fields of a page: the browser's lab and its learner, new where it has none, and otherwise the
 * same for a full term more. They come with the page, and with it alone: over plain HTTP on a network browsers send no
 * `Sec-Fetch-*`, so nothing in a request to `/api` proves that a page of ours made it.
 * @param field the request's `Cookie` field.
 * @param address the app's own, see {@link setCookie}.
 */
export const pageCookies = (field: string | undefined, address: string): string[] =>
  [LAB_COOKIE, LEARNER_COOKIE].map((kind) => setCookie(kind, address, readCookie(field, kind, address) ?? secretName()))
