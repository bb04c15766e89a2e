/** Directives by name in lower case, each with the arguments that it was given, '' for none. */
export type Directives = ReadonlyMap<string, readonly string[]>

const NONE: Directives = new Map()

/** A directive of RFC 9111, 5.2: a token, perhaps with an argument that is a token or a quoted string. Or else junk, up to a comma. */
const DIRECTIVE = /[\s,]*(?:([^\s,="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^,]*)))?([^,]*)|[^\s,][^,]*)/gy

/**
 * Read a `Cache-Control` field, all of its lines joined. Both forms of an argument are taken for every directive. What
 * stands where it should not makes the argument invalid, which {@link secondsOf} reads as 0, not the directive absent:
 * a cache that guesses should guess stale.
 */
export function readDirectives(field: string | undefined): Directives {
  if (!field) return NONE
  const directives = new Map<string, string[]>()
  DIRECTIVE.lastIndex = 0
  for (let found = DIRECTIVE.exec(field); found; found = DIRECTIVE.exec(field)) {
    const [, name, quoted, token, rest = ''] = found
    if (name === undefined) continue
    // Whitespace before it is not allowed either, and stays, so as to make it invalid.
    const argument = quoted === undefined ? (token ?? '').trimEnd() : quoted.replace(/\\(.)/g, '$1')
    const all = directives.get(name.toLowerCase()) ?? []
    all.push(rest.trim() === '' ? argument : `${argument}${rest}`)
    directives.set(name.toLowerCase(), all)
  }
  return directives
}

/** The longest time that there is: RFC 9111, 1.2.2 asks for this where a number does not fit. Seconds. */
export const MOST_SECONDS = 2 ** 31

/**
 * The argument of a directive in whole seconds, undefined where it is absent. One that is no number of seconds, or is given
 * twice and differs, is 0: RFC 9111, 4.2.1 encourages to consider such an answer stale.
 */
export function secondsOf(directives: Directives, name: string): number | undefined {
  const values = directives.get(name)
  if (values === undefined) return undefined
  const [first = ''] = values
  return values.every((value) => value === first) ? (readSeconds(first) ?? 0) : 0
}

/** delta-seconds (RFC 9111, 1.2.2), or undefined. */
export function readSeconds(text: string): number | undefined {
  return /^\d+$/.test(text) ? Math.min(Number(text), MOST_SECONDS) : undefined
}
