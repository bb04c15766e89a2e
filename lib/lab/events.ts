import { z } from 'zod'
import { type AttemptChange, attempt } from '../checks/attempt'
import { outcomeCounts, type Report, type RunState, type Snapshot } from '../runs/report'
import { EVENT_KINDS } from './kinds'

/** The shapes that a lab's stream sends. `/api/schema` is made from them. */

const count = z.int().min(0)
const ms = z.number().min(0)

/** One row of a lab's log. */
export const labEvent = z.object({
  seq: count.describe('counts up from 1 without gaps within an epoch'),
  at: z.number().describe('epoch milliseconds'),
  kind: z.enum(EVENT_KINDS),
  resource: z.string().describe('a resource’s id: tasks/{id}'),
  key: z.string().describe('the cache key: tasks/42'),
  strategy: z.string(),
  tier: z.string().optional().describe('where it happened; absent on the outcome of a request'),
  durMs: ms.optional().describe('milliseconds; on an outcome, of the whole handler'),
  queries: count.optional().describe('statements sent to Postgres'),
  addedMs: ms.optional().describe('milliseconds added on purpose'),
  request: count.describe('rows of one request share this number'),
  worker: z.string().describe('the process that answered'),
  run: z.string().optional().describe('the run that asked, where one did'),
  outside: z
    .literal(true)
    .optional()
    .describe(
      'asked by a program, such as curl, hey or npm run load, and not by a page or a run; not told while a run of the lab goes on, whose warm-up bears no mark',
    ),
  detail: z.string().optional().describe('a code or a few words: unavailable, unparsable, rates-unavailable'),
})
export type LabEvent = z.infer<typeof labEvent>

/** Exact totals of a lab since it was opened in this process. */
export const labCounters = z.object({
  requests: count,
  originCalls: count,
  queries: count,
  outcomes: outcomeCounts,
  stores: count,
  refusals: count.describe('stores that a tier refused, since it knew of a newer version'),
  expiries: count,
  evictions: count,
  invalidations: count,
  lost: count.describe(
    'how many times a worker or the edge ended before it had sent all that it had counted for this lab: above 0, the other totals may be too low',
  ),
})
export type LabCounters = z.infer<typeof labCounters>

/** The lab as pages first meet it: `GET /api/lab`, and the stream’s `hello`. */
export const labInfo = z.object({
  lab: z.string(),
  epoch: z.string().describe('tells this life of the log from an earlier one'),
  worker: z.string(),
  counters: labCounters,
  attempts: z.array(attempt).describe('exercises that it works on'),
})
export type LabInfo = z.infer<typeof labInfo>

/** Rows since the last batch, oldest first. */
export const labBatch = z.object({
  rows: z.array(labEvent),
  omitted: count.describe('rows between the last batch and this one that were left out'),
  counters: labCounters,
})
export type LabBatch = z.infer<typeof labBatch>

/** What `GET /api/lab/events` sends, by event name. `hello` comes first, and again after a reconnect. */
export interface LabStreamEvents {
  hello: LabInfo
  events: LabBatch
  run: RunState
  snapshot: Snapshot
  report: Report
  attempt: AttemptChange
}
