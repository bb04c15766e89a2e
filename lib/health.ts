import { z } from 'zod'
import { processStates, statesOf } from './processes/routes'
import type { Call } from './routes'
import { serviceKind } from './settings'

/** What `/healthz` answers. `degraded`: something is away, and what does not need it still answers. */
export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  services: z.array(
    z.object({
      id: z.enum(['redis', 'postgres', 'rates']),
      kind: serviceKind,
      name: z.string().describe('name and version'),
      answers: z.boolean(),
    }),
  ),
  ...processStates.shape,
})
export type Health = z.infer<typeof health>

/** `GET /healthz`: each backing service, its kind, and whether it answers. Always 200: the app itself does answer. */
export async function getHealth(call: Call): Promise<Response> {
  const { context } = call
  const services = await Promise.all(
    (['redis', 'postgres', 'rates'] as const).map(async (id) => {
      const client = id === 'postgres' ? context.database : context[id]
      const { kind, name } = context.settings[id]
      return { id, kind, name, answers: await client.ping() }
    }),
  )
  const body: Health = {
    status: services.every(({ answers }) => answers) ? 'ok' : 'degraded',
    services,
    ...statesOf(call),
  }
  return Response.json(body, { headers: { 'cache-control': 'no-store' } })
}
