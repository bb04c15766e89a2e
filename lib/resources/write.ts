import { readBody } from '../http/body'
import { countSteps } from '../lab/counters'
import { labOf } from '../lab/of-request'
import { stepRows } from '../lab/rows'
import type { Call } from '../routes'
import { resourceById } from '.'
import { absent, rowBase, VERSION_HEADER } from './answer'
import { readAsk } from './common'
import type { Resource } from './resource'

/**
 * `PATCH` of a resource: write to the lab's own overlay, then tell every reader of what it touches, of all strategies;
 * each does what its policy says. In that order: an entry made between the two is of the old value, and gone again. The
 * row is to be kept for `ttl=` by the strategy that `cache=` names, and by no other.
 */
export async function patchResource(resource: Resource, { request, url, path, context }: Call): Promise<Response> {
  const write = resource.write
  if (!write) throw new Error(`${resource.id} cannot be written`)
  const started = context.clock.elapsed()
  const ask = readAsk(resource, url.searchParams, path, request.headers)
  const lab = labOf(request, context, ask.lab)
  const body = await readBody(request, write.body)

  const written = await write.apply(ask.values, body, context.origin(lab))
  if (!written) throw absent(resource, ask.key)

  const base = rowBase(lab, resource, ask, context, request)
  lab.record([
    { ...base, kind: 'write', tier: 'origin', durMs: context.clock.elapsed() - started, queries: written.queries },
  ])
  for (const touched of written.touches) {
    const reached = resourceById(touched.resource)
    if (!reached) throw new Error(`${resource.id} touches ${touched.resource}, which is no resource`)
    const told = lab.readersOf(reached).map(async ({ strategy, reader }) => {
      const ttlMs = strategy === ask.strategy.id ? ask.ttlSeconds * 1000 : undefined
      return { strategy, steps: await reader.onWrite(touched.key, { row: touched.row, ttlMs }) }
    })
    for (const { strategy, steps } of await Promise.all(told)) {
      countSteps(lab.counters, steps)
      lab.record(stepRows(steps, { ...base, resource: reached.id, key: touched.key, strategy }))
    }
  }
  return Response.json(written.value, {
    headers: { 'cache-control': 'no-store', [VERSION_HEADER]: String(written.version) },
  })
}
