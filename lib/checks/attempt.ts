import { z } from 'zod'
import { commandItem } from '../notebook/items'
import type { Goal, Verdict } from './check'

/** The shapes by which an attempt is started, handed a command and told of. `/api/schema` is made from them. */

const goal = z.object({
  say: z.string(),
  done: z.boolean(),
  seen: z.string().optional().describe('what was seen that fulfilled it: #41 miss, 203 ms'),
  expects: z.string().optional().describe('what is waited for, while it is not done'),
  mark: z.enum(['next', 'broken']).optional().describe('it is waited for now, or it is what broke'),
  wants: z.literal('command').optional().describe('it is fulfilled by a command that is handed in'),
}) satisfies z.ZodType<Goal>

const verdict = z.object({
  status: z.enum(['open', 'passed', 'failed']),
  goals: z.array(goal).readonly(),
  broken: z
    .object({ expected: z.string(), found: z.string(), request: z.int().optional(), run: z.string().optional() })
    .optional()
    .describe('what broke it, and what was expected in its place'),
}) satisfies z.ZodType<Verdict>

/** An exercise that a lab works on, or has worked on. */
export const attempt = z.object({
  exercise: z.string(),
  startedAt: z.number().describe('epoch milliseconds'),
  verdict,
})
export type Attempt = z.infer<typeof attempt>

/** What `GET /api/attempts` answers. */
export const attempts = z.object({ attempts: z.array(attempt).describe('at most one an exercise') })

/** An attempt that was started, came nearer, or ended. */
export const attemptChange = z.object({
  exercise: z.string(),
  attempt: attempt.optional().describe('absent where it was given up'),
})
export type AttemptChange = z.infer<typeof attemptChange>

/** What `POST /api/attempts` takes. */
export const newAttempt = z.strictObject({ exercise: z.string().describe('an exercise’s id') })

/** What `POST /api/attempts/{exercise}/commands` takes. */
export const handedCommand = commandItem.pick({ text: true }).strict()
