import { readBody } from '../http/body'
import { problem } from '../http/problem'
import { readParams } from '../resources/params'
import type { Param } from '../resources/resource'
import type { Call } from '../routes'
import { notebookPatch } from './items'
import { learnerOf } from './of-request'

const HEADERS = { 'cache-control': 'no-store' }

const LESSON_PARAM = {
  kind: 'text',
  in: 'query',
  pattern: /^[a-z0-9-]{1,80}$/,
  accepted: 'the slug of a lesson',
  default: '',
  about: 'The lesson whose items go; all of them where it is left out',
} as const satisfies Param

/** `GET /api/notebook`: the learner's items. Without the learner's cookie there is nothing to show. */
export async function getNotebook({ request, url, context }: Call): Promise<Response> {
  readParams({}, url.searchParams, {})
  const known = learnerOf(request, context)
  const items = known === undefined ? [] : await context.notebook.read(known)
  return Response.json({ items }, { headers: HEADERS })
}

/** `PATCH /api/notebook`: keep items and drop others. 204. */
export async function patchNotebook({ request, url, context }: Call): Promise<Response> {
  readParams({}, url.searchParams, {})
  const learner = knownLearner({ request, context })
  const body = await readBody(request, notebookPatch)
  await context.notebook.patch(learner, body)
  return new Response(null, { status: 204, headers: HEADERS })
}

/** `DELETE /api/notebook?lesson=slug`: drop what is of one lesson, or everything. 204, again and again. */
export async function deleteNotebook({ request, url, context }: Call): Promise<Response> {
  const { lesson } = readParams({ lesson: LESSON_PARAM }, url.searchParams, {})
  await context.notebook.clear(knownLearner({ request, context }), lesson || undefined)
  return new Response(null, { status: 204, headers: HEADERS })
}

function knownLearner({ request, context }: Pick<Call, 'request' | 'context'>): string {
  const learner = learnerOf(request, context)
  if (learner === undefined) throw problem('no-learner')
  return learner
}
