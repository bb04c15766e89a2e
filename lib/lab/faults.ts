import { z } from 'zod'
import { readBody } from '../http/body'
import type { Call } from '../routes'
import type { Lab } from './lab'
import { namedLab } from './of-request'

/** What is made to go wrong in a lab on purpose: what `/api/lab/faults` takes and answers. */
export const labFaults = z.strictObject({
  redis: z
    .enum(['ok', 'away'])
    .describe('away: this lab’s Redis rejects at once, as if it were gone; lifted by itself after 5 minutes'),
})
export type LabFaults = z.infer<typeof labFaults>

/** `GET /api/lab/faults`: what is made to go wrong in this lab now. */
export const getFaults = (call: Call): Response => answer(namedLab(call))

/** `PUT /api/lab/faults`: take Redis away from this lab, and from no other, or give it back. */
export async function putFaults(call: Call): Promise<Response> {
  const lab = namedLab(call)
  const { redis } = await readBody(call.request, labFaults)
  await lab.setRedis(redis === 'away')
  return answer(lab)
}

function answer({ redisFault }: Lab): Response {
  const faults: LabFaults = { redis: redisFault.isAway() ? 'away' : 'ok' }
  return Response.json(faults, { headers: { 'cache-control': 'no-store' } })
}
