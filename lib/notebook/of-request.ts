import type { Context } from '../context'
import { type CookieKind, readCookie } from '../http/cookie'
import { UNUSED_DAYS } from './limits'

/** Holds a learner's name: 128 random bits in hexadecimal. Anyone who knows it may read the notebook. */
export const LEARNER_COOKIE: CookieKind = {
  what: 'learner',
  shape: /^[0-9a-f]{32}$/,
  seconds: UNUSED_DAYS * 86_400,
}

/**
 * The learner whose browser sent a request, by the cookie that came with the page; undefined for programs and for a
 * browser that blocks cookies. A lab's name opens no notebook: it is shown in the page, and typed into terminals.
 */
export function learnerOf(request: Request, context: Context): string | undefined {
  return readCookie(request.headers.get('cookie'), LEARNER_COOKIE, context.settings.address)
}
