import { z } from 'zod'
import { OUTCOMES } from '../reading'
import { resolvedConfig } from './config'

/** The shapes that a run answers with. `/api/schema` is made from them. */

const count = z.int().min(0)
const ms = z.number().min(0)

export const runStatus = z.enum(['queued', 'running', 'done', 'stopped', 'failed'])
export type RunStatus = z.infer<typeof runStatus>

export const outcomeCounts = z.record(z.enum(OUTCOMES), count)

/** Milliseconds with microsecond resolution. */
export const latency = z.object({ min: ms, mean: ms, p50: ms, p90: ms, p95: ms, p99: ms, max: ms })
export type Latency = z.infer<typeof latency>

const percentiles = latency.pick({ p50: true, p95: true, p99: true })

/** Figures of a stretch of a run. */
export const figures = z.object({
  requests: count,
  errors: count,
  throughput: z.number().min(0).describe('requests per second'),
  hitRate: z.number().min(0).max(1).describe('(hit + stale) / (requests − errors), 0 when empty'),
  originCalls: count,
  latencyMs: percentiles.describe('the whole round trip'),
  handlerMs: percentiles.describe('from inside the handler'),
})
export type Figures = z.infer<typeof figures>

/** A run at one moment, 10 times a second. */
export const snapshot = z.object({
  run: z.string(),
  atMs: z.number().describe('since the first measured request was due; negative while warming up'),
  phase: z.enum(['warm-up', 'measuring']),
  progress: z.number().min(0).max(1).describe('of the requests or of the time that was asked for'),
  window: figures.extend({ durationMs: ms }).describe('the last second, or less at the start'),
  total: figures.describe('the whole run so far'),
})
export type Snapshot = z.infer<typeof snapshot>

export const report = z.object({
  run: z.string(),
  requests: count,
  errors: count,
  durationMs: ms,
  throughput: z.number().min(0).describe('requests per second'),
  hitRate: z.number().min(0).max(1).describe('(hit + stale) / (requests − errors), 0 when empty'),
  originCalls: count.describe('counted by the server for this run, background refreshes included'),
  bytes: count.describe('of bodies received'),
  latencyMs: latency.describe('the whole round trip, as the client saw it'),
  handlerMs: latency.describe('the same from inside the handler, of requests that reached it'),
  outcomes: outcomeCounts,
  ageMs: z
    .object({ mean: ms, max: ms })
    .nullable()
    .describe(
      'how old answers were, by the server: since the entry that answered was stored, 0 for what was loaded for the request; null where HTTP caches of the clients answered some, since the server never hears of those',
    ),
  distribution: z
    .array(z.object({ fromMs: ms, toMs: ms, count }))
    .describe('round trips in bins, 12 a decade: at least fromMs and less than toMs; from the fastest to the slowest'),
  config: resolvedConfig,
  machine: z.object({ cpus: count, model: z.string(), node: z.string(), platform: z.string() }),
})
export type Report = z.infer<typeof report>

/** What `GET /api/runs/{id}` answers, and what the lab's stream sends whenever it changes. */
export const runState = z.object({
  id: z.string(),
  lab: z.string(),
  status: runStatus,
  place: z.int().min(1).optional().describe('in the queue, while queued'),
  reason: z.string().optional().describe('why it failed or was stopped, or what was not as it should be'),
  report,
})
export type RunState = z.infer<typeof runState>
