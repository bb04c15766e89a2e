import { isFromBrowser } from '../http/guard'
import { Problem, problem } from '../http/problem'
import { secretName } from '../page-cookies'
import { readParams } from '../resources/params'
import type { Param } from '../resources/resource'
import type { Call } from '../routes'
import { TIERS } from './entries'
import { cookieLab, LAB_PARAM, labOf, namedLab } from './of-request'
import { labInfo, labStream } from './stream'

/** Streams of one lab that are served at once: a page needs one for all tabs of its browser. */
const LAB_STREAMS = 20

/**
 * `GET /api/lab`: whose lab this is. A browser gets its lab's cookie with the page. One that comes without blocks
 * cookies, or has deleted them since: it gets a lab of its own until it reloads, which its pages name in each request.
 */
export function getLab(call: Call): Response {
  const { request, context } = call
  const { lab: named } = readParams({ lab: LAB_PARAM }, call.url.searchParams, {})
  const fresh = !named && isFromBrowser((field) => request.headers.has(field)) && !cookieLab(request, context)
  const lab = labOf(request, context, fresh ? secretName() : named)
  return Response.json(labInfo(lab, context.worker), { headers: { 'cache-control': 'no-store' } })
}

/** `GET /api/lab/events`: the lab's stream. */
export function getEvents(call: Call): Response {
  const lab = namedLab(call)
  const { streams, worker, labs } = call.context
  if (!streams.room() || lab.viewers() >= LAB_STREAMS) throw problem('too-many-streams')
  return labStream(call.request, { lab, worker, current: () => labs.get(lab.id), track: streams.add })
}

/** `GET /api/lab/entries`: what the lab keeps, by tier, the next to expire first. */
export async function getEntries(call: Call): Promise<Response> {
  return Response.json(await namedLab(call).entries(), { headers: { 'cache-control': 'no-store' } })
}

/** `tier=`: empty this one alone. */
const TIER_PARAM = {
  kind: 'choice',
  in: 'query',
  options: TIERS,
  default: '',
  about: 'The tier to empty; all of them where none is named',
} as const satisfies Param

/**
 * `DELETE /api/lab/entries`: empty this lab, and no other. With `tier=memory` its memory alone, which is what a restart
 * of the process does.
 */
export async function deleteEntries({ request, url, context }: Call): Promise<Response> {
  const { lab, tier: named } = readParams({ lab: LAB_PARAM, tier: TIER_PARAM }, url.searchParams, {})
  const tier = TIERS.find((each) => each === named)
  try {
    await labOf(request, context, lab).clear(tier)
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    const detail = `${tier ? '' : 'Memory is empty now. '}Redis did not answer.`
    throw problem('redis-unavailable', { detail }, { cause })
  }
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}
