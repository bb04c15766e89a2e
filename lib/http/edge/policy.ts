import { JUNK, readDirectives, readSeconds, secondsOf } from './directives'
import { type Fields, fieldOf, isToken, tokensOf, valuesOf } from './fields'
import { readTargeted } from './targeted'

/** What an answer says of its caching, to a shared cache. Seconds. */
export interface Policy {
  /** It came in CDN-Cache-Control, and Cache-Control and Expires are nothing to us (RFC 9213, 2.2). */
  targeted: boolean
  public: boolean
  /** `public`, or `s-maxage` with a number: it says in so many words that a shared cache may give it to all. */
  forAll: boolean
  private: boolean
  noStore: boolean
  noCache: boolean
  mustUnderstand: boolean
  /** May never be served stale: must-revalidate, proxy-revalidate, s-maxage (RFC 9111, 5.2.2.10) or no-cache. */
  strict: boolean
  /** Whether its lifetime may be guessed. Not next to something that doesn't parse, which may have forbidden it. */
  guessable: boolean
  /** must-revalidate alone, since it also lets answers to requests with Authorization be stored. */
  mustRevalidate: boolean
  sMaxAge?: number
  maxAge?: number
  /** The `Expires` field lines, where they count. */
  expires: readonly string[]
  /** RFC 5861. 0 where absent. */
  staleWhileRevalidate: number
  staleIfError: number
  /** Fields (lower case) that are for one client: `private="…"` and `no-cache="…"`. They are never stored. */
  withheld: readonly string[]
}

/** Read the policy of an answer from its header fields. */
export function policyOf(fields: Fields): Policy {
  const cdn = fieldOf(fields, 'cdn-cache-control')?.trim() ?? ''
  const targeted = readTargeted(cdn)
  const directives = targeted ?? readDirectives(fieldOf(fields, 'cache-control'))
  const has = (name: string) => directives.has(name)
  /** Whether a directive is there without field names: with any, it is about those alone. What is no list of names is none. */
  const whole = (name: string) =>
    directives.get(name)?.some((names) => !tokensOf(names).every(isToken) || tokensOf(names).length === 0) ?? false
  const named = (name: string) => (directives.get(name) ?? []).flatMap(tokensOf)
  const sMaxAge = secondsOf(directives, 's-maxage')
  return {
    targeted: targeted !== undefined,
    public: has('public'),
    forAll: has('public') || (directives.get('s-maxage')?.every((text) => readSeconds(text) !== undefined) ?? false),
    private: whole('private'),
    noStore: has('no-store'),
    noCache: whole('no-cache'),
    mustUnderstand: has('must-understand'),
    guessable: !has(JUNK) && (cdn === '' || targeted !== undefined),
    strict: has('must-revalidate') || has('proxy-revalidate') || sMaxAge !== undefined || whole('no-cache'),
    mustRevalidate: has('must-revalidate'),
    sMaxAge,
    maxAge: secondsOf(directives, 'max-age'),
    expires: targeted ? [] : valuesOf(fields, 'expires'),
    staleWhileRevalidate: secondsOf(directives, 'stale-while-revalidate') ?? 0,
    staleIfError: secondsOf(directives, 'stale-if-error') ?? 0,
    withheld: [...named('private'), ...named('no-cache')],
  }
}
