/** A cookie's name holds the port, since cookies do not tell the ports of a host apart (RFC 6265, 8.5). */
export const cookieName = (what: string, address: string): string => `hitrate-${what}-${new URL(address).port || '80'}`

/** The value of a request's cookie. One that is not of this shape is passed over. */
export function cookieIn(request: Request, name: string, shape: RegExp): string | undefined {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === name && value && shape.test(value)) return value
  }
}

/** A `Set-Cookie` that no script can read and that no other site’s request carries. */
export const setCookie = (name: string, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Strict; HttpOnly`
