import { z } from 'zod'
import { LAB_PARAM, labOf } from '../lab/of-request'
import { explainList } from '../origin/explain'
import type { Call } from '../routes'
import { readParams } from './params'
import { columnsOf, listAnswer, readList, tasks } from './tasks'

const count = z.int().min(0)

/** What `GET /api/explain` answers. */
export const explanation = z.object({
  plan: z.string(),
  columns: z.string(),
  owner: z.int(),
  statements: z.array(
    z.object({
      sql: z.string().describe('with $1, $2, … for its values'),
      times: count.describe('how often the list sends it'),
      explain: z
        .string()
        .describe('the text of EXPLAIN (ANALYZE, BUFFERS), of the first where it is sent several times'),
      executionMs: z.number().min(0).describe('of one execution, as Postgres measured it'),
    }),
  ),
  queries: count.describe('statements that the list sends in all'),
  bytes: count.describe('of the list as JSON'),
})
export type Explanation = z.infer<typeof explanation>

/**
 * `GET /api/explain`: how Postgres goes about the list that `/api/tasks` answers with the same parameters. The list is
 * read once for it, past all caches; nothing is counted in the lab.
 */
export async function getExplanation({ request, url, context }: Call): Promise<Response> {
  const { lab: named, ...values } = readParams({ ...tasks.params, lab: LAB_PARAM }, url.searchParams, {})
  const { owner, plan } = values
  const columns = columnsOf(values.columns)
  const origin = context.origin(labOf(request, context, named))

  const list = await readList(values, origin)
  const statements = await explainList(origin.database, origin.lab, { owner, plan, columns }, list)
  const bytes = Buffer.byteLength(JSON.stringify(listAnswer(owner, list)))
  const body: Explanation = { plan, columns, owner, statements, queries: list.queries, bytes }
  return Response.json(body, { headers: { 'cache-control': 'no-store' } })
}
