import { isToken, tokensOf } from './fields'

/** A request field by its name (lower case), lines joined; undefined where it is absent. As it goes to the origin. */
export type Field = (name: string) => string | undefined

/** The request fields that selected an answer, with their values made comparable. Undefined: the field was absent. */
export type Selection = readonly (readonly [name: string, value: string | undefined])[]

/**
 * The names in a `Vary` field, in lower case and sorted. `*` is among them if the answer depends on more than fields, and
 * stands for what is no name, such as `accept; origin`: nobody knows what that depends on.
 */
export function varyNames(vary: string | undefined): string[] {
  return [...new Set(tokensOf(vary).map((name) => (isToken(name) ? name : '*')))].sort()
}

/** What selects an answer with this `Vary`, of a request. */
export function selectionOf(names: readonly string[], field: Field): Selection {
  return names.map((name) => [name, comparable(name, field(name))])
}

// #region selects
/** Whether a request would have been given the answer that this selection stands for (RFC 9111, 4.1). */
export function selects(selection: Selection, field: Field): boolean {
  return selection.every(([name, value]) => comparable(name, field(name)) === value)
}

/** Lists of names that are not case-sensitive, with weights (RFC 9110, 12.5.2 to 12.5.4). */
const CASELESS = new Set(['accept-charset', 'accept-encoding', 'accept-language'])

/**
 * Whitespace around the members of a list means nothing, unless it is quoted. Case stays where it may mean something. So
 * does order, in Accept-Language too: many servers take the first of equal weight (RFC 9110, 12.5.4). Nor is a stored
 * language given because it would do for the weights of another request: which one a server prefers is its own affair.
 */
function comparable(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value.includes('"')) return value?.trim()
  const packed = value.trim().replace(/[ \t]*,[ \t]*/g, ',')
  return CASELESS.has(name) ? packed.toLowerCase().replace(/[ \t]*;[ \t]*/g, ';') : packed
}
// #endregion
