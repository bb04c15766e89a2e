import type { Context } from '../context'
import { cacheStatus, serverTiming, writeCacheStatus } from '../http/cache-status'
import { isFromBrowser } from '../http/guard'
import { Problem, problem, problemResponse } from '../http/problem'
import { count } from '../lab/counters'
import type { Lab } from '../lab/lab'
import { labOf } from '../lab/of-request'
import { type RowBase, rowsOf } from '../lab/rows'
import { ageMsOf, type Reading } from '../reading'
import type { Call } from '../routes'
import { RUN_HEADER, TERMINAL_RUN } from '../runs/run-header'
import { tallyReading } from '../runs/tally'
import { memberOf } from '../strategies/strategy'
import { type Ask, readAsk } from './common'
import { variesBy } from './params'
import type { Resource } from './resource'

/** The origin's version of the value in an answer: grows with each change, so that how stale it is can be told. */
export const VERSION_HEADER = 'x-version'

/** `GET` of a resource: read it by the strategy that was asked for, and tell how that went in headers and log. */
export async function getResource(resource: Resource, { request, url, path, context }: Call): Promise<Response> {
  const { clock } = context
  const started = clock.elapsed()
  const ask = readAsk(resource, url.searchParams, path, request.headers)
  const lab = labOf(request, context, ask.lab)
  const base = rowBase(lab, resource, ask, context, request)

  let reading: Reading
  try {
    reading = await lab
      .reader(ask.strategy.id, resource)
      .read(ask.key, () => resource.load(ask.values, context.origin(lab)), {
        ttlMs: ask.ttlSeconds * 1000,
        ifNoneMatch: request.headers.get('if-none-match') ?? undefined,
      })
  } catch (error) {
    return failed(error, lab, base, ask, clock.elapsed() - started, request)
  }
  const body = JSON.stringify(reading.value)
  const handlerMs = clock.elapsed() - started

  count(lab.counters, reading, request)
  const now = clock.now()
  const tally = base.run === undefined ? undefined : lab.tallyOf(base.run)
  if (tally) tallyReading(tally, reading, now)
  lab.record(rowsOf(reading, handlerMs, base))
  return respond(reading, body, handlerMs, resource, ask, now)
}

/** The problem of a key for which the resource's origin has nothing. Throws if the resource names none. */
export function absent({ id, absent }: Resource, key: string, headers?: Record<string, string>): Problem {
  if (!absent) throw new Error(`${id} has nothing for ${key}, and names no problem for that`)
  return problem(absent, { given: key }, { headers })
}

/** What all rows of this request have in common. */
export function rowBase(lab: Lab, resource: Resource, ask: Ask, context: Context, request: Request): RowBase {
  const run = request.headers.get(RUN_HEADER) ?? undefined
  const outside =
    run === TERMINAL_RUN ||
    (run === undefined && lab.tallies.size === 0 && !isFromBrowser((field) => request.headers.has(field)))
  return {
    at: context.clock.now(),
    resource: resource.id,
    key: ask.key,
    strategy: ask.strategy.id,
    request: lab.nextRequest(),
    worker: context.worker,
    run,
    ...(outside && { outside }),
  }
}

/** The answer that a reading makes: 200, 304 where the client's copy still holds, 404 where there is no such thing. */
function respond(
  reading: Reading,
  body: string | undefined,
  handlerMs: number,
  resource: Resource,
  { strategy, ttlSeconds, key, values }: Ask,
  now: number,
): Response {
  const varies = variesBy(resource.params)
  const status = cacheStatus(reading, memberOf(strategy), now)
  const headers: Record<string, string> = {
    ...(varies.length > 0 && { vary: varies.join(', ') }),
    ...(reading.entry && { [VERSION_HEADER]: String(reading.entry.version) }),
    ...(status && { 'cache-status': status }),
    'server-timing': serverTiming(reading.steps, handlerMs),
  }
  if (body === undefined) return problemResponse(absent(resource, key, headers))

  const scope = resource.isPrivate?.(values) ? 'private' : resource.scope
  Object.assign(headers, strategy.headers(scope, ttlSeconds))
  const cookie = reading.originCalls > 0 ? resource.cookie?.(reading.value) : undefined
  if (cookie) headers['set-cookie'] = cookie
  if (reading.etag) headers.etag = reading.etag
  const ageMs = ageMsOf(reading, now)
  if (ageMs !== undefined) headers.age = String(Math.floor(ageMs / 1000))

  if (reading.outcome === 'revalidated') return new Response(null, { status: 304, headers })
  headers['content-type'] = 'application/json'
  return new Response(body, { headers })
}

/** The origin failed, and no tier had a fresh answer. A problem it is; what is no problem goes on up as a fault. */
function failed(
  error: unknown,
  lab: Lab,
  base: RowBase,
  { strategy }: Ask,
  handlerMs: number,
  request: Request,
): Response {
  count(lab.counters, { outcome: 'error', steps: [], originCalls: 1 }, request)
  const tally = base.run === undefined ? undefined : lab.tallyOf(base.run)
  if (tally) tally.originCalls += 1
  const detail = error instanceof Problem ? error.code : 'internal-error'
  lab.record([{ ...base, kind: 'error', tier: 'origin', durMs: handlerMs, detail }])
  if (!(error instanceof Problem)) throw error
  const response = problemResponse(error)
  const name = memberOf(strategy)
  if (name !== undefined) {
    const fwd = strategy.tiers.length > 0 ? 'miss' : 'bypass'
    response.headers.set('cache-status', writeCacheStatus([{ name, fwd, detail }]))
  }
  response.headers.set('server-timing', serverTiming([], handlerMs))
  return response
}
