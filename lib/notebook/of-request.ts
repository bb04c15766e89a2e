import type { Context } from '../context'
import { cookieIn, cookieName } from '../http/cookie'

/** What a learner's name is: 128 random bits in hexadecimal. Whoever knows it may read the notebook. */
const LEARNER = /^[0-9a-f]{32}$/

export const learnerCookie = (address: string): string => cookieName('learner', address)

/**
 * The learner whose browser asks, by the cookie that `GET /api/notebook` sets; undefined for programs and for a browser
 * that has none yet. A lab's name opens no notebook: it is shown in the page, and typed into terminals.
 */
export function learnerOf(request: Request, context: Context): string | undefined {
  return cookieIn(request, learnerCookie(context.settings.address), LEARNER)
}
