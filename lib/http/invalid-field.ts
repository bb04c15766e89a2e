import type { z } from 'zod'
import { acceptedAt, fieldsAt } from './accepted'
import { type Problem, problem } from './problem'

/** The messages of our own checks say what a field takes, and begin so. Others are Zod's, written for developers. */
const OWN = 'takes '

/** What is wrong with a value that fails its schema, in words for a reader: the first field, its value, what it takes. */
export interface FieldFault {
  /** Where the field is, such as `keys.count`; empty for the whole value. */
  field: string
  /** `takes a whole number from 1 to 200`, or another sentence without its subject. */
  words: string
  /** The value as JSON; undefined if the field is missing or unknown. */
  given?: string
  accepted: string
}

/** Says what is wrong with `body`, which failed `schema` with `error`. */
export function fieldFault(schema: z.ZodType, error: z.ZodError, body: unknown): FieldFault {
  const issue = error.issues[0]
  const path = issue?.path ?? []
  if (issue?.code === 'unrecognized_keys') {
    return {
      field: [...path, issue.keys[0]].join('.'),
      words: 'isn’t a field here',
      accepted: `only ${fieldsAt(schema, path, body)}`,
    }
  }
  const field = path.join('.')
  const accepted = issue?.message.startsWith(OWN) ? issue.message.slice(OWN.length) : acceptedAt(schema, path, body)
  const value = path.reduce<unknown>((at, name) => (at as Record<PropertyKey, unknown> | undefined)?.[name], body)
  if (value === undefined) return { field, words: `is missing, and takes ${accepted}`, accepted }
  return { field, words: OWN + accepted, given: JSON.stringify(value), accepted }
}

/** The problem of a body that fails its schema: `invalid-body`, which names the field, its value, and what it takes. */
export function invalidField(schema: z.ZodType, error: z.ZodError, body: unknown): Problem {
  const { field, words, given, accepted } = fieldFault(schema, error, body)
  const parameter = field || 'body'
  return problem('invalid-body', {
    detail: `${field || 'The body'} ${words}.`,
    parameter,
    ...(given !== undefined && { given }),
    accepted,
  })
}
