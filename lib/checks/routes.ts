import { readBody } from '../http/body'
import { problem } from '../http/problem'
import { LAB_PARAM, labOf } from '../lab/of-request'
import { learnerOf } from '../notebook/of-request'
import { readParams } from '../resources/params'
import type { Call } from '../routes'
import { handedCommand, newAttempt } from './attempt'
import type { Attempts } from './attempts'

const HEADERS = { 'cache-control': 'no-store' }

/** `GET /api/attempts`: all of the lab. They outlive a reload of the page, and not this process. */
export function getAttempts(call: Call): Response {
  return Response.json({ attempts: attemptsOf(call).list() }, { headers: HEADERS })
}

/** `POST /api/attempts`: start an exercise, or start it anew. 201 with the attempt. */
export async function postAttempt(call: Call): Promise<Response> {
  const attempts = attemptsOf(call)
  const { exercise } = await readBody(call.request, newAttempt)
  const attempt = attempts.start(exercise, learnerOf(call.request, call.context))
  const location = `/api/attempts/${encodeURIComponent(exercise)}`
  return Response.json(attempt, { status: 201, headers: { ...HEADERS, location } })
}

/** `GET /api/attempts/{exercise}`: how it stands. */
export function getAttempt(call: Call): Response {
  const { exercise = '' } = call.path
  const attempt = attemptsOf(call).get(exercise)
  if (!attempt) throw problem('attempt-not-found', { parameter: 'exercise', given: exercise })
  return Response.json(attempt, { headers: HEADERS })
}

/** `DELETE /api/attempts/{exercise}`: give it up. 204, again and again. */
export function deleteAttempt(call: Call): Response {
  attemptsOf(call).end(call.path.exercise ?? '')
  return new Response(null, { status: 204, headers: HEADERS })
}

/** `POST /api/attempts/{exercise}/commands`: hand a command in that the learner ran. The attempt, as it stands then. */
export async function postCommand(call: Call): Promise<Response> {
  const attempts = attemptsOf(call)
  const { text } = await readBody(call.request, handedCommand)
  return Response.json(attempts.command(call.path.exercise ?? '', text), { headers: HEADERS })
}

function attemptsOf({ request, url, context }: Call): Attempts {
  return labOf(request, context, readParams({ lab: LAB_PARAM }, url.searchParams, {}).lab).attempts
}
