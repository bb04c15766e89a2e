/** What text must be for Postgres to store it, in words for an error. */
export const STORABLE = 'text without NUL characters and unpaired surrogates'
/** Levels of a JSON body: no schema of ours has as many, and what looks through a body may call itself this often. */
export const LEVELS = 32

/** Whether Postgres can store a text: it has no NUL, and no half of a surrogate pair (which JSON can spell). */
export const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text)

/** Something in a JSON value that isn't taken: its dotted path, what is there, and what would be taken. */
export interface Untaken {
  path: string
  given: string
  accepted: string
}

/** Finds the first text in a JSON value that Postgres can't store, or the place where it has too many {@link LEVELS}. */
export function findUnstorable(value: unknown, path: readonly string[] = []): Untaken | undefined {
  const untaken = (given: string, accepted: string) => ({ path: path.join('.'), given, accepted })
  if (typeof value === 'string' && !isStorable(value)) return untaken(JSON.stringify(value), STORABLE)
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length >= LEVELS) return untaken('another level', `at most ${LEVELS} levels`)
  for (const [name, inner] of Object.entries(value)) {
    const found = isStorable(name)
      ? findUnstorable(inner, [...path, name])
      : untaken(`the name ${JSON.stringify(name)}`, STORABLE)
    if (found) return found
  }
  return undefined
}
