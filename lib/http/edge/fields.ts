/**
 * Header fields as they came: name, value, name, value, in the order of the message and with its capitals. A proxy
 * passes on what it does not know, so nothing is merged or sorted.
 */
export type Fields = readonly string[]

/** The values of each field line of a name (lower case), in order. */
export function valuesOf(fields: Fields, name: string): string[] {
  const values: string[] = []
  for (let i = 0; i < fields.length; i += 2) {
    if (fields[i]?.toLowerCase() === name) values.push(fields[i + 1] ?? '')
  }
  return values
}

/** The value of a field (lower case), its lines joined as RFC 9110, 5.3 has it; undefined where there is none. */
export function fieldOf(fields: Fields, name: string): string | undefined {
  const values = valuesOf(fields, name)
  return values.length === 0 ? undefined : values.join(', ')
}

/** All fields but those named (lower case). */
export function without(fields: Fields, ...gone: ReadonlySet<string>[]): string[] {
  const left: string[] = []
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? ''
    const lower = name.toLowerCase()
    if (!gone.some((names) => names.has(lower))) left.push(name, fields[i + 1] ?? '')
  }
  return left
}

/** Whether a text is a token (RFC 9110, 5.6.2), as the name of a field is. */
export const isToken = (text: string): boolean => /^[!#$%&'*+.^_`|~\w-]+$/.test(text)

/** The members of a comma-separated list of tokens, in lower case. */
export function tokensOf(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter(Boolean)
}
