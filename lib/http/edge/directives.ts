/** Directives by name in lower case, each with the arguments that it was given, '' for none; and {@link JUNK}. */
export type Directives = ReadonlyMap<string, readonly string[]>

/** The name under which members that don't parse are noted. No directive can have it. */
export const JUNK = ''

const NONE: Directives = new Map()

/** A directive of RFC 9111, 5.2: a token, perhaps with an argument that is a token or a quoted string. */
const DIRECTIVE = /^([\w!#$%&'*+.^`|~-]+)(?:=(?:([\w!#$%&'*+.^`|~-]+)|"((?:[^"\\]|\\.)*)"))?$/
const NO_TOKEN = /[^\w!#$%&'*+.^`|~-]+/

/**
 * What a name in a member that doesn't parse is read as: what forbids still forbids, and a limit whose number can't be
 * trusted is 0. Names that permit something are missing, and those that do both stand for one that only forbids.
 */
const IN_JUNK: ReadonlyMap<string, string> = new Map([
  ['no-store', 'no-store'],
  ['no-cache', 'no-cache'],
  ['private', 'private'],
  ['proxy-revalidate', 'proxy-revalidate'],
  ['must-revalidate', 'proxy-revalidate'],
  ['max-age', 'max-age'],
  ['s-maxage', 'max-age'],
  ['min-fresh', 'max-age'],
])

/**
 * Reads a `Cache-Control` field, all of its lines joined. Both forms of an argument are taken for every directive. A cache
 * that guesses should guess stale: a member that doesn't parse permits nothing, and forbids what it names, as
 * `private; max-age=60` or `no-cache no-store` do.
 */
export function readDirectives(field: string | undefined): Directives {
  if (!field) return NONE
  const directives = new Map<string, string[]>()
  const add = (name: string, argument: string) => directives.set(name, [...(directives.get(name) ?? []), argument])
  for (const member of membersOf(field)) {
    const [, name, token, quoted] = DIRECTIVE.exec(member) ?? []
    if (name !== undefined) {
      add(name.toLowerCase(), token ?? quoted?.replace(/\\(.)/g, '$1') ?? '')
      continue
    }
    add(JUNK, member)
    for (const piece of member.toLowerCase().split(NO_TOKEN)) {
      const meant = IN_JUNK.get(piece)
      if (meant !== undefined) add(meant, '')
    }
  }
  return directives
}

/** The members of a list, trimmed, without empty ones. A quoted string may hold commas; a quote that never ends is junk. */
function membersOf(field: string): string[] {
  const members = field.includes('"') ? splitAround(field) : field.split(',')
  return members.map((member) => member.trim()).filter(Boolean)
}

/** The same, with whitespace and empty ones: splits at the commas outside of quoted strings. */
function splitAround(field: string): string[] {
  const members: string[] = []
  let from = 0
  let quoted = false
  for (let at = 0; at < field.length; at += 1) {
    const char = field[at]
    if (quoted && char === '\\') at += 1
    else if (char === '"') quoted = !quoted
    else if (char === ',' && !quoted) {
      members.push(field.slice(from, at))
      from = at + 1
    }
  }
  const rest = field.slice(from)
  members.push(...(quoted ? rest.split(',') : [rest]))
  return members
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
