import { readJson } from '../http/body'
import { type Problem, problem } from '../http/problem'
import { LAB_PARAM, labOf, namedLab } from '../lab/of-request'
import { readParams } from '../resources/params'
import type { Call } from '../routes'
import { planRun } from './config'
import { isOver } from './run'
import type { RunRequests } from './samples'
import { sharedReport, sharedState } from './shared'
import { runStream, storedStream } from './stream'

/** `POST /api/runs`: queue a run. 201 with its address. */
export async function postRun({ request, url, context }: Call): Promise<Response> {
  const { lab: named } = readParams({ lab: LAB_PARAM }, url.searchParams, {})
  const body = await readJson(request)
  const plan = planRun(body, labOf(request, context, named).id)
  const { id } = context.runs.start(plan)
  return Response.json({ id }, { status: 201, headers: { location: `/api/runs/${id}`, 'cache-control': 'no-store' } })
}

/** `GET /api/runs/{id}`: its state, with a report that is partial until it is over. */
export async function getRun(call: Call): Promise<Response> {
  const state = await call.context.runs.state(idOf(call))
  if (!state) throw notFound(call)
  return Response.json(sharedState(state, namedLab(call).id), { headers: { 'cache-control': 'no-store' } })
}

/** `GET /api/runs/{id}/events`: its snapshots and its report, live or after the fact. */
export async function getRunEvents(call: Call): Promise<Response> {
  const { runs, streams } = call.context
  const id = idOf(call)
  if (!streams.room()) throw problem('too-many-streams')
  const run = runs.held(id)
  const asker = namedLab(call).id
  const dropped = run && isOver(run) && run.snapshots.length === 0
  if (run && !dropped) return runStream(call.request, run, streams.add, (report) => sharedReport(report, asker))
  const state = await runs.state(id)
  if (!state) throw notFound(call)
  // A report without its charts is worth more than none.
  const series = await runs.series(id).catch(() => [])
  return storedStream(call.request, sharedState(state, asker), series)
}

/** `GET /api/runs/{id}/requests`: its requests one by one, which only the process that ran it has, and not for long. */
export async function getRunRequests(call: Call): Promise<Response> {
  const { runs } = call.context
  const id = idOf(call)
  const run = runs.held(id)
  if (!run && !(await runs.state(id))) throw notFound(call)
  if (!run || (isOver(run) && !run.requests)) throw problem('requests-gone', { given: id })
  const told: RunRequests = { run: id, status: run.status, hosts: run.hosts, requests: run.requests ?? [] }
  return Response.json(told, { headers: { 'cache-control': 'no-store' } })
}

/** `DELETE /api/runs/{id}`: stop it. 204, again and again. */
export async function deleteRun(call: Call): Promise<Response> {
  if (!(await call.context.runs.stop(idOf(call)))) throw notFound(call)
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}

function idOf(call: Call): string {
  readParams({ lab: LAB_PARAM }, call.url.searchParams, {})
  return call.path.id ?? ''
}

const notFound = (call: Call): Problem =>
  problem('run-not-found', { parameter: 'id', given: idOf(call), accepted: 'the id of a run' })
