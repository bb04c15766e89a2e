import { z } from 'zod'
import { readBody } from '../http/body'
import { problem } from '../http/problem'
import { readParams } from '../resources/params'
import type { Call } from '../routes'
import { WORKERS } from '../workers/pool'

/** The processes beside the app, as far as they are at work: `GET /api/processes`, and part of `/healthz`. */
export const processStates = z.object({
  edge: z
    .object({
      address: z.string().describe('the shared HTTP cache in front of the app'),
      careless: z.string().describe('a second one in the same process, misconfigured on purpose'),
      ready: z.boolean().describe('whether it answers: false while it hangs, or is being replaced'),
      restarts: z.int().min(0),
    })
    .nullable()
    .describe('null until somebody asked for it'),
  workers: z.array(
    z.object({
      number: z.int().min(1),
      worker: z.string().describe('its process, which is what X-Worker names'),
      address: z.string(),
      ready: z.boolean().describe('whether it answers: false while it hangs, or is being replaced'),
      restarts: z.int().min(0),
    }),
  ),
})
export type ProcessStates = z.infer<typeof processStates>

/** What `PUT /api/workers` takes. */
export const wantedWorkers = z.strictObject({
  count: z
    .int()
    .min(0)
    .max(WORKERS.max)
    .describe('workers to have; 0 stops them, and so do five minutes in which nobody uses them'),
})

/** What there is now. */
export const statesOf = ({ context: { processes } }: Pick<Call, 'context'>): ProcessStates => processes.states()

const states = (call: Call): Response => {
  readParams({}, call.url.searchParams, {})
  return Response.json(statesOf(call), { headers: { 'cache-control': 'no-store' } })
}

/** `GET /api/processes`. */
export const getProcesses = states

/** `PUT /api/workers`: have so many workers. Answers when they are there. A run that uses them keeps those it has. */
export async function putWorkers(call: Call): Promise<Response> {
  const { count } = await readBody(call.request, wantedWorkers)
  const { workers } = call.context.processes
  await workers.shrink(count)
  if (count > 0) await workers.open(count).catch(notStarted)
  return states(call)
}

/** `PUT /api/edge`: have the edge at work. Answers when it is there. */
export async function putEdge(call: Call): Promise<Response> {
  await call.context.processes.openEdge().catch(notStarted)
  return states(call)
}

/** `POST /api/workers/{number}/crash`: end it as a crash would. It is replaced. */
export function crashWorker({ path, context }: Call): Response {
  const number = Number(path.number)
  if (!context.processes.workers.crash(number)) {
    throw problem('process-not-found', {
      parameter: 'number',
      given: path.number,
      accepted: 'the number of a worker that is there',
    })
  }
  return gone()
}

/** `POST /api/edge/crash`: the same with the edge. */
export function crashEdge({ context }: Call): Response {
  if (!context.processes.crashEdge()) throw problem('process-not-found', { detail: 'There is no edge at work.' })
  return gone()
}

const gone = () => new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })

function notStarted(cause: unknown): never {
  const detail = cause instanceof Error ? cause.message : String(cause)
  throw problem('process-unavailable', { detail }, { cause })
}
