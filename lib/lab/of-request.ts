import type { Context } from '../context'
import { type CookieKind, readCookie } from '../http/cookie'
import { readParams } from '../resources/params'
import type { Param } from '../resources/resource'
import type { Call } from '../routes'
import type { Lab } from './lab'

/** What a lab's name may be. In a browser it is 128 random bits in hexadecimal. */
export const LAB_NAME = /^[a-z0-9-]{1,64}$/

/** Holds the name of the lab that a browser works in, for a year after its last page. */
export const LAB_COOKIE: CookieKind = { what: 'lab', shape: LAB_NAME, seconds: 365 * 86_400 }

/** Where a request names no lab, by parameter or cookie, it is in this one, with all others that name none. */
export const PUBLIC_LAB = 'public'

/** `lab=`, which every address of a lab takes. */
export const LAB_PARAM = {
  kind: 'text',
  in: 'query',
  pattern: LAB_NAME,
  accepted: '1 to 64 of a-z, 0-9 and -',
  default: '',
  about: 'The lab; where none is named that of the cookie, or else `public`',
} as const satisfies Param

/** The lab that a request is in: the one it names (checked already), else that of its cookie, else the public one. */
export function labOf(request: Request, context: Context, named: string | undefined): Lab {
  return context.labs.get(named || (cookieLab(request, context) ?? PUBLIC_LAB))
}

/** The lab of a request that takes no parameter but `lab=`. Throws `unknown-parameter` or `invalid-parameter`. */
export function namedLab({ request, url, context }: Call): Lab {
  return labOf(request, context, readParams({ lab: LAB_PARAM }, url.searchParams, {}).lab)
}

/** The lab that the request's cookie names. A cookie that holds no lab's name is passed over. */
export function cookieLab(request: Request, context: Context): string | undefined {
  return readCookie(request.headers.get('cookie'), LAB_COOKIE, context.settings.address)
}
