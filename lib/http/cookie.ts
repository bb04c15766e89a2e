/** A cookie whose value is a name that only its bearer knows. */
export interface CookieKind {
  what: string
  /** What a value may look like. */
  shape: RegExp
  /** How long a browser keeps it after it was last set. */
  seconds: number
}

/**
 * Reads a cookie's value from a `Cookie` field. One that is not of its kind's shape counts as missing.
 * @param address the app's own: a cookie's name holds its port, since cookies don't tell the ports of a host apart
 * (RFC 6265, 8.5).
 */
export function readCookie(field: string | null | undefined, kind: CookieKind, address: string): string | undefined {
  for (const pair of (field ?? '').split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === nameOf(kind, address) && value && kind.shape.test(value)) return value
  }
}

/**
 * Makes a `Set-Cookie` that no script can read. `Lax`, not `Strict`: a browser that follows a link from another site has
 * to show which cookies it has, or the page would give it new ones and its notebook would be lost.
 */
export const setCookie = (kind: CookieKind, address: string, value: string): string =>
  `${nameOf(kind, address)}=${value}; Path=/; Max-Age=${kind.seconds}; SameSite=Lax; HttpOnly`

const nameOf = ({ what }: CookieKind, address: string): string => `hitrate-${what}-${new URL(address).port || '80'}`
