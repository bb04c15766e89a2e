import type { z } from 'zod'
import { type Problem, problem } from './problem'

/** The problem that a body which fails its schema makes: the first offending field, what it held, what it takes. */
export function invalidField(error: z.ZodError): Problem {
  const issue = error.issues[0]
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const parameter = [...(issue?.path ?? []), ...(unknown ? [unknown] : [])].join('.') || 'body'
  return problem('invalid-body', {
    detail: unknown ? `There is no field ${parameter}.` : `${parameter}: ${issue?.message ?? 'not accepted'}.`,
    parameter,
    accepted: unknown ? 'the fields in the schema at /api/schema' : issue?.message,
  })
}
