import { z } from 'zod'
import { OUTCOMES } from '../reading'
import { resolvedConfig } from './config'
import { usability } from './usable'

/** The shapes that a run answers with. `/api/schema` is made from them. */

const count = z.int().min(0)
const ms = z.number().min(0)

export const runStatus = z.enum(['queued', 'running', 'done', 'stopped', 'failed'])
export type RunStatus = z.infer<typeof runStatus>

export const outcomeCounts = z.record(z.enum(OUTCOMES), count)

/** Milliseconds with microsecond resolution. */
export const latency = z.object({
  count: count.describe('of how many requests; a percentile with fewer than ten of them beyond it is an estimate'),
  min: ms,
  mean: ms,
  p50: ms,
  p90: ms,
  p95: ms,
  p99: ms,
  p999: ms,
  max: ms,
})
export type Latency = z.infer<typeof latency>

/** Of nothing. */
export const NO_LATENCY: Latency = { count: 0, min: 0, mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 }

const percentiles = latency.pick({ p50: true, p95: true, p99: true })

/** Why requests are counted as errors. */
export const FAILURES = ['status', 'timeout', 'connection', 'overflow'] as const
export type Failure = (typeof FAILURES)[number]

/** How well the load generator did its own work. */
export const generator = z.object({
  pacingMs: z
    .object({ p50: ms, p99: ms, max: ms })
    .nullable()
    .describe('open loop: how late the generator came to requests that were due; null in a closed loop'),
  busy: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe(
      'closed loop: the part of the time in which its event loop worked; null in an open loop, which waits awake, and where clients with caches of their own answer in it',
    ),
  usable: z.boolean().describe('whether it kept up: one of the things that the report’s own `usable` goes by'),
  why: z.string().optional().describe('what it couldn’t keep up with'),
})
export type GeneratorFigures = z.infer<typeof generator>

const staleRate = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .describe('the part of the reads answered without an error that were stale; null where the run has no writes')

/** What was read of what had been written anew. */
export const staleness = z.object({
  requests: count,
  rate: z.number().min(0).max(1).describe('of the reads that were answered without an error, 0 when empty'),
  ageMs: latency
    .pick({ p50: true, p95: true, max: true })
    .describe('of those that were stale: from when the first later version was answered to when the read was sent'),
})

/** Figures of a stretch of a run. */
export const figures = z.object({
  requests: count,
  errors: count,
  throughput: z.number().min(0).describe('requests per second'),
  hitRate: z.number().min(0).max(1).describe('(hit + stale) / (requests − errors), 0 when empty'),
  originCalls: count,
  latencyMs: percentiles.describe('the whole round trip, without errors'),
  handlerMs: percentiles.nullable().describe('from inside the handler; null if no answer tells of one'),
  staleRate,
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

/** What else ran while a run was measured. Runs of one process never overlap, and no lab is named. */
export const alongside = z.object({
  queuedRuns: count.describe('other runs of this process that waited for their turn when it ended'),
  requests: count.describe(
    'requests of other labs that this process, its workers, and its edge answered in the same time',
  ),
  cores: z
    .object({
      busy: z.number().min(0).describe('by anything on the machine, the run included'),
      own: z.number().min(0).describe('by this process, with its load generator'),
    })
    .describe('cores of the machine in use, on average'),
})
export type Alongside = z.infer<typeof alongside>

export const report = z.object({
  run: z.string(),
  usable: usability,
  startedAt: z.iso
    .datetime()
    .nullable()
    .default(null)
    .describe('when its turn came, in UTC; null while it waits, and for runs from before this was recorded'),
  alongside: alongside
    .nullable()
    .default(null)
    .describe('what else ran in the same time; null until it is over, and for runs from before this was recorded'),
  requests: count,
  errors: count,
  durationMs: ms,
  throughput: z.number().min(0).describe('requests per second'),
  hitRate: z.number().min(0).max(1).describe('(hit + stale) / (requests − errors), 0 when empty'),
  originCalls: count.describe('counted by the server for this run, background refreshes included'),
  lost: count
    .default(0)
    .describe(
      'how many times a worker or the edge ended before it had sent all that it had counted for this run: above 0, `originCalls` may be too low',
    ),
  bytes: count.describe('of bodies received'),
  latencyMs: latency.describe(
    'the whole round trip of requests without an error, from when they were due: in an open loop the wait for a connection counts; zeros if `count` is 0',
  ),
  failedLatencyMs: latency
    .default(NO_LATENCY)
    .describe('the same of those that ended in an error: a timeout takes ten seconds, a refused connection nothing'),
  serviceMs: latency.describe('the same from when it was sent; in a closed loop it is sent when it is due'),
  percentiles: z
    .array(z.object({ percentile: z.number().min(0).max(100), ms }))
    .describe(
      'latencyMs as a curve: eight points for each further nine, as far as there are requests; empty until it is over',
    ),
  handlerMs: latency
    .nullable()
    .describe('the same from inside the handler, of requests that reached it; null if none did'),
  outcomes: outcomeCounts,
  failures: z
    .record(z.enum(FAILURES), count)
    .describe(
      'errors by kind: another status than 2xx, 304 or 404 · no answer in 10 s · no connection, or one that broke · due, but 10,000 were waiting already',
    ),
  statuses: z
    .record(z.string().regex(/^\d{3}$/), count)
    .default({})
    .describe('whole responses to reads, by status code; requests without one are in `failures`'),
  retries: count
    .default(0)
    .describe(
      'GET requests that were sent once more, because the server closed the connection before anything came back; each counts as one request, and its latency includes both',
    ),
  withoutCacheStatus: count
    .default(0)
    .describe(
      'answers for which no cache said what it did, by `Cache-Status` or as the client’s own: they count as `bypass`, and if all are such, the hit rate is unknown and reads 0',
    ),
  writes: z
    .object({ requests: count, errors: count, latencyMs: latency.describe('of those without an error') })
    .describe('PATCH requests of a mix; all other figures are of reads'),
  generator,
  thresholds: z
    .array(
      z.object({
        threshold: z.string(),
        actual: z.number().nullable(),
        passed: z.boolean(),
        judged: z
          .boolean()
          .default(true)
          .describe('false if the metrics are unusable: it has neither passed nor failed'),
      }),
    )
    .describe('each threshold of the config, what it was held against, in its own unit, and whether it held'),
  ageMs: z
    .object({ mean: ms, max: ms })
    .nullable()
    .describe(
      'how old answers were, by the server: since the entry that answered was stored, 0 for what was loaded for the request; null where HTTP caches of the clients answered some, since the server never hears of those',
    ),
  stale: staleness
    .nullable()
    .default(null)
    .describe(
      'reads that were given an older version than a write of the same key had been answered with before the read was sent; a write under way never counts; measured at the client, so whatever stands on the way; null where the run has no writes',
    ),
  distribution: z
    .array(z.object({ fromMs: ms, toMs: ms, count }))
    .describe(
      'round trips without an error in bins, 12 a decade: at least fromMs and less than toMs; from the fastest to the slowest',
    ),
  config: resolvedConfig,
  machine: z.object({ cpus: count, model: z.string(), node: z.string(), platform: z.string() }),
  versions: z.record(z.string(), z.string()).describe('of what was measured, and of what measured it'),
})
export type Report = z.infer<typeof report>

/** What `GET /api/runs/{id}` answers, and what the lab's stream sends whenever it changes. */
export const runState = z.object({
  id: z.string(),
  lab: z.string().describe('empty, here and in the config, where its name is a secret of another reader'),
  status: runStatus,
  place: z.int().min(1).optional().describe('in the queue, while queued'),
  reason: z.string().optional().describe('why it failed or was stopped, or what was not as it should be'),
  code: z.string().optional().describe('of the problem that it failed with, as in the table at /reference'),
  report,
})
export type RunState = z.infer<typeof runState>
