import { z } from 'zod'
import { invalidField } from '../http/invalid-field'
import { Problem, problem } from '../http/problem'
import { LAB_NAME, LAB_PARAM } from '../lab/of-request'
import { resourceById } from '../resources'
import { checkTtl, TTL_PARAM } from '../resources/common'
import { readParams } from '../resources/params'
import type { Resource } from '../resources/resource'
import { strategyById, strategyIds } from '../strategies'
import type { Strategy } from '../strategies/strategy'
import { BOUNDS } from './bounds'
import { fits, stagesMs } from './stages'
import { readThreshold, THRESHOLD_TAKES } from './thresholds'

const whole = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max)

const fraction = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max)

const stage = z.strictObject({
  durationMs: whole(BOUNDS.stageMs).describe('how long it takes to get there; 0 is a jump'),
  rate: fraction(BOUNDS.rate).describe('requests per second at its end'),
})

const keys = z.strictObject({
  kind: z
    .enum(['one', 'cycle', 'uniform', 'zipf', 'hotset', 'list'])
    .describe('how the key of each request is drawn; hotset: most from a few keys that move on; list: as recorded'),
  count: whole(BOUNDS.keys).default(1).describe('keys to draw from, as many as the resource has at most'),
  s: z
    .number()
    .min(BOUNDS.s.min)
    .max(BOUNDS.s.max)
    .default(BOUNDS.s.default)
    .describe('exponent of zipf; 0 is uniform'),
  hot: whole(BOUNDS.hot).optional().describe(`keys in the set of hotset; ${BOUNDS.hot.default} where absent`),
  share: fraction(BOUNDS.share).optional().describe(`its part of the requests; ${BOUNDS.share.default} where absent`),
  shift: whole(BOUNDS.shift)
    .optional()
    .describe(`requests after which it moves on by its own size; ${BOUNDS.shift.default} where absent`),
  list: z
    .array(
      z
        .int()
        .min(0)
        .max(BOUNDS.keys.max - 1),
    )
    .max(BOUNDS.keys.max)
    .optional()
    .describe('keys of list, in the order of their requests, counted from 0; begun anew at its end'),
  seed: whole(BOUNDS.seed)
    .default(BOUNDS.seed.default)
    .describe('the same seed draws the same keys, arrivals, writes and hosts'),
})

/** Keys where nothing is said of them: one. */
export const oneKey = keys.parse({ kind: 'one' })

/** What `POST /api/runs` takes. All defaults are here. */
export const runConfig = z.strictObject({
  resource: z.string().describe('a resource’s id: tasks/{id}'),
  params: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .default({})
    .describe('its parameters, but for those that the keys draw'),
  strategy: z.enum(strategyIds).describe('a strategy’s id'),
  ttl: z.number().min(TTL_PARAM.min).max(TTL_PARAM.max).optional().describe('seconds; the resource’s own where absent'),
  lab: z
    .string()
    .regex(LAB_NAME, `takes ${LAB_PARAM.accepted}`)
    .optional()
    .describe('the lab to run in; that of the request where absent'),
  mode: z
    .enum(['closed', 'open'])
    .default('closed')
    .describe('closed: each connection waits for its answer; open: requests come at a rate'),
  requests: whole(BOUNDS.requests)
    .optional()
    .describe(`how many; ${BOUNDS.requests.default} where neither this nor durationMs is given`),
  durationMs: whole(BOUNDS.durationMs).optional().describe('how long, in the place of requests'),
  connections: whole(BOUNDS.connections)
    .default(BOUNDS.connections.default)
    .describe('connections, each with one request at a time'),
  rate: z.number().min(BOUNDS.rate.min).max(BOUNDS.rate.max).optional().describe('requests per second, of an open run'),
  arrivals: z.enum(['poisson', 'even']).default('poisson').describe('how requests of an open run are spaced'),
  stages: z
    .array(stage)
    .min(BOUNDS.stages.min)
    .max(BOUNDS.stages.max)
    .optional()
    .describe('of an open run, in the place of requests and durationMs: from rate in a straight line to that of each'),
  keys: keys.default(oneKey),
  writes: fraction(BOUNDS.writes)
    .default(BOUNDS.writes.default)
    .describe('the part of the requests that write (PATCH), for a resource that takes writes'),
  thresholds: z
    .array(z.string().max(100))
    .max(BOUNDS.thresholds.max)
    .default([])
    .describe(`what the report has to hold: ${THRESHOLD_TAKES}`),
  warmupMs: whole(BOUNDS.warmupMs)
    .default(BOUNDS.warmupMs.default)
    .describe('load before the figures begin, left out of them'),
  start: z.enum(['cold', 'warm']).default('cold').describe('cold: the lab’s entries are emptied first'),
  via: z
    .enum(['direct', 'edge'])
    .default('direct')
    .describe(
      'direct: requests go to the host itself; edge: to the shared HTTP cache in front of the Next routes, each as another visitor’s, without an HTTP cache of its own',
    ),
  host: z
    .enum(['next', 'workers'])
    .default('next')
    .describe('what answers: the Next routes, or bare Node processes, each with a memory of its own'),
  workers: whole(BOUNDS.workers)
    .optional()
    .describe(`how many, where host is workers; ${BOUNDS.workers.default} where absent`),
  stopUnwatched: z.boolean().default(false).describe('stop when nobody has watched for 30 s'),
})

/** A run config with everything decided: what the run does, and what its report carries. */
export const resolvedConfig = runConfig.extend({ ttl: z.number(), lab: z.string() })
export type RunConfig = z.infer<typeof resolvedConfig>
/** A run config as it is sent. */
export type RunRequest = z.input<typeof runConfig>

/** A run config that has been checked against the resource and the strategy that it names. */
export interface Plan {
  config: RunConfig
  resource: Resource
  strategy: Strategy
}

/**
 * Check what was posted, and decide what it leaves open. Throws `invalid-body` with the field, what it held and what
 * it takes.
 * @param lab the lab of the request, where the body names none.
 */
export function planRun(body: unknown, lab: string): Plan {
  const parsed = runConfig.safeParse(body)
  if (!parsed.success) throw invalidField(runConfig, parsed.error, body)
  const sent = parsed.data

  const resource = resourceById(sent.resource)
  if (!resource) throw wrong('resource', sent.resource, 'the id of a resource listed at /reference')
  const strategy = strategyById(sent.strategy)
  if (!strategy) throw wrong('strategy', sent.strategy, strategyIds.join(', '))

  if (sent.mode === 'open' && sent.rate === undefined)
    throw wrong('rate', 'nothing', 'requests per second, in an open run')
  if (sent.mode === 'closed' && sent.rate !== undefined)
    throw wrong('rate', sent.rate, 'nothing in a closed run: mode open has a rate')
  if (sent.requests !== undefined && sent.durationMs !== undefined) {
    throw wrong('durationMs', sent.durationMs, 'nothing where requests is given: a run ends by the one or by the other')
  }
  checkStages(sent)
  checkHost(sent)
  const durationMs = sent.stages ? stagesMs(sent.stages) : sent.durationMs
  const requests = durationMs === undefined ? (sent.requests ?? BOUNDS.requests.default) : undefined
  const ttl = sent.ttl ?? resource.ttl
  inBody('ttl', () => checkTtl(ttl, strategy))
  checkParams(resource, sent.params)

  const most = resource.keys?.max ?? 1
  if (sent.keys.kind === 'one' && sent.keys.count !== 1)
    throw wrong('keys.count', sent.keys.count, '1 where keys.kind is one')
  if (sent.keys.count > most)
    throw wrong('keys.count', sent.keys.count, `at most ${most.toLocaleString('en-US')} for ${resource.id}`)

  if (sent.keys.kind === 'list') checkList(sent.keys)
  if (sent.writes > 0 && !resource.write)
    throw wrong('writes', sent.writes, `0 for ${resource.id}, which is not written to`)
  const unread = sent.thresholds.find((threshold) => !readThreshold(threshold))
  if (unread !== undefined) throw wrong('thresholds', unread, THRESHOLD_TAKES)

  const workers = sent.host === 'workers' ? (sent.workers ?? BOUNDS.workers.default) : undefined
  return { config: { ...sent, requests, durationMs, ttl, workers, lab: sent.lab ?? lab }, resource, strategy }
}

/** Stages are of an open run, in the place of another end, and fit into the time that a run may take. */
function checkStages({ stages, mode, requests, durationMs }: z.infer<typeof runConfig>): void {
  if (!stages) return
  const given = `${stages.length} stages`
  if (mode === 'closed') throw wrong('stages', given, 'nothing in a closed run: its rate is up to the answers')
  if (requests !== undefined || durationMs !== undefined)
    throw wrong('stages', given, 'nothing where requests or durationMs is given: a run ends by the one or by the other')
  const { min, max } = BOUNDS.durationMs
  if (!fits(stages)) throw wrong('stages', `${stagesMs(stages)} ms`, `${min} to ${max} ms in all`)
}

/** The edge stands in front of the Next routes, and only workers are counted. */
function checkHost({ via, host, workers }: z.infer<typeof runConfig>): void {
  if (via === 'edge' && host === 'workers')
    throw wrong('via', 'edge', 'direct where host is workers: the edge stands in front of the Next routes')
  if (workers !== undefined && host !== 'workers') throw wrong('workers', workers, 'nothing where host is not workers')
}

/** A recorded list has something in it, and nothing beyond the keys that there are. */
function checkList({ list = [], count }: z.infer<typeof keys>): void {
  if (list.length === 0) throw wrong('keys.list', 'nothing', 'at least one key where keys.kind is list')
  const beyond = list.find((key) => key >= count)
  if (beyond !== undefined) throw wrong('keys.list', beyond, `keys from 0 to ${count - 1}, one less than keys.count`)
}

/** The resource's own parameters are checked as they would be in a query. */
function checkParams(resource: Resource, params: Record<string, string | number>): void {
  const query = new URLSearchParams()
  const path: Record<string, string> = {}
  for (const [name, value] of Object.entries(params)) {
    if (resource.params[name]?.in === 'path') path[name] = String(value)
    else query.set(name, String(value))
  }
  inBody('params', () => readParams(resource.params, query, path))
}

/** What is wrong with a query is an `invalid-body` here, its parameter named by where it stands. */
function inBody(field: string, check: () => unknown): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { parameter = field, ...info } = error.info
    throw problem('invalid-body', { ...info, parameter: parameter === field ? field : `${field}.${parameter}` })
  }
}

const wrong = (parameter: string, given: string | number, accepted: string): Problem =>
  problem('invalid-body', { detail: `${parameter} takes ${accepted}.`, parameter, given: String(given), accepted })
