import type { Directives } from './directives'

/** What may stand in a dictionary of structured fields (RFC 9651, 3.2): a key, a bare item, parameters. */
const KEY = /[a-z*][a-z0-9_.*-]*/y
const ITEM =
  /-?\d{1,12}\.\d{1,3}|-?\d{1,15}(?!\d)|"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"|[A-Za-z*][!#$%&'*+.^_`|~\w:/-]*|:[A-Za-z0-9+/=]*:|\?[01]|@-?\d{1,15}/y
const SPACES = / */y
const OWS = /[ \t]*/y

/** Directives whose argument is a list of field names, in a string. */
const NAMES_FIELDS = new Set(['private', 'no-cache'])

/**
 * Read a targeted field such as `CDN-Cache-Control` (RFC 9213, 2.1): a dictionary, not the loose syntax of
 * `Cache-Control`. Undefined where it is absent, empty or does not parse: then it is to be ignored as a whole. The
 * grammar is so small that no parser of structured fields is pulled in for it; inner lists, which no directive takes,
 * are read as arguments that are not understood.
 */
export function readTargeted(field: string | undefined): Directives | undefined {
  if (field === undefined) return undefined
  const text = field.replace(/^ +| +$/g, '')
  const directives = new Map<string, string[]>()
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const char = (wanted: string): boolean => text[at] === wanted && ++at > 0
  /** `;key=item`, any number of them: to be ignored. */
  const parameters = (): boolean => {
    while (char(';')) {
      take(SPACES)
      if (take(KEY) === undefined || (char('=') && take(ITEM) === undefined)) return false
    }
    return true
  }
  const innerList = (): string | undefined => {
    const from = at
    at += 1
    for (take(SPACES); !char(')'); ) {
      if (take(ITEM) === undefined || !parameters()) return undefined
      if (take(SPACES) === '' && text[at] !== ')') return undefined
    }
    return text.slice(from, at)
  }

  while (at < text.length) {
    const key = take(KEY)
    if (key === undefined) return undefined
    const item = char('=') ? (text[at] === '(' ? innerList() : take(ITEM)) : '?1'
    if (item === undefined || !parameters()) return undefined
    // The last of a key that is given twice counts (RFC 9651, 4.2.2).
    directives.delete(key)
    if (item !== '?0') directives.set(key, [argument(key, item)])
    take(OWS)
    if (at === text.length) break
    if (!char(',')) return undefined
    take(OWS)
    if (at === text.length) return undefined
  }
  return text === '' ? undefined : directives
}

/** The argument as a directive has it. A string is none where seconds are wanted: they are an integer (RFC 9213, 2.1). */
function argument(key: string, item: string): string {
  if (item === '?1') return ''
  return NAMES_FIELDS.has(key) && item.startsWith('"') ? item.slice(1, -1).replace(/\\(.)/g, '$1') : item
}
