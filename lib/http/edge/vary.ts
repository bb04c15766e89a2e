import { tokensOf } from './fields'

/** A request field by its name (lower case), lines joined; undefined where it is absent. As it goes to the origin. */
export type Field = (name: string) => string | undefined

/** The request fields that selected an answer, with their values made comparable. Undefined: the field was absent. */
export type Selection = readonly (readonly [name: string, value: string | undefined])[]

/** The names in a `Vary` field, in lower case and sorted. `*` is among them where the answer depends on more than fields. */
export function varyNames(vary: string | undefined): string[] {
  return [...new Set(tokensOf(vary))].sort()
}

/** What selects an answer with this `Vary`, of a request. */
export function selectionOf(names: readonly string[], field: Field): Selection {
  return names.map((name) => [name, comparable(field(name))])
}

// #region selects
/** Whether a request would have been given the answer that this selection stands for (RFC 9111, 4.1). */
export function selects(selection: Selection, field: Field): boolean {
  return selection.every(([name, value]) => comparable(field(name)) === value)
}

/**
 * Whitespace around the members of a list means nothing in any field; case and order may, so that they stay.
 */
function comparable(value: string | undefined): string | undefined {
  return value?.trim().replace(/[ \t]*,[ \t]*/g, ',')
}
// #endregion
