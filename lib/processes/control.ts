import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { guard } from '../http/guard'
import { listenOnLoopback, toNodeListener } from '../http/node'
import { problem } from '../http/problem'
import { createHttpServer } from '../http/server'
import { labEntry, TIERS, type Tier } from '../lab/entries'
import type { Gatherer } from './told'

/** A question for news is held open this long. */
export const NEWS_MS = 10_000
/** Rows of one moment go together: one batch in this time, soon enough to feel live. */
const GATHER_MS = 40

/** What a process beside the app keeps of one lab. */
export const keptEntries = z.object({ entries: z.array(labEntry), total: z.partialRecord(z.enum(TIERS), z.int()) })
export type KeptEntries = z.infer<typeof keptEntries>

/** What such a process does when the app asks it to. */
export interface Controlled {
  gatherer: Gatherer
  entries(lab: string, limit: number): Promise<KeptEntries>
  clear(lab: string, tier: Tier | undefined): Promise<void>
  /** Take Redis away from the lab, or give it back. */
  redis(lab: string, away: boolean): void
}

/**
 * Listen on loopback for the app, and for nobody else: each request bears the token that the app gave us.
 * @param port 0 for any that is free.
 * @returns the port.
 */
export async function listenToApp(controlled: Controlled, token: string, port: number): Promise<number> {
  const answer = async (request: Request): Promise<Response> => {
    const refused = guard(request) ?? (bears(request, token) ? undefined : problem('unknown-path'))
    if (refused) throw refused
    const { pathname, searchParams } = new URL(request.url)
    const lab = searchParams.get('lab') ?? ''
    switch (`${request.method} ${pathname}`) {
      case 'GET /alive':
        return new Response(null, { status: 204 })
      case 'GET /told':
        return Response.json(await news(controlled.gatherer, searchParams))
      case 'PUT /flush':
        return Response.json(controlled.gatherer.flush())
      case 'GET /entries':
        return Response.json(await controlled.entries(lab, Number(searchParams.get('limit'))))
      case 'DELETE /entries':
        await controlled.clear(
          lab,
          TIERS.find((tier) => tier === searchParams.get('tier')),
        )
        return new Response(null, { status: 204 })
      case 'PUT /redis':
        controlled.redis(lab, searchParams.get('away') === 'true')
        return new Response(null, { status: 204 })
      default:
        throw problem('unknown-path', { parameter: 'path', given: pathname })
    }
  }
  return listenOnLoopback(createHttpServer(toNodeListener(answer)), port)
}

/** Waits for something to tell, up to {@link NEWS_MS}. */
async function news(gatherer: Gatherer, asked: URLSearchParams) {
  // A batch of the process before this one says nothing of ours.
  const arrived = asked.get('process') === gatherer.process ? Number(asked.get('arrived')) : 0
  await gatherer.something(NEWS_MS, arrived)
  await new Promise((resolve) => setTimeout(resolve, GATHER_MS))
  return gatherer.take(arrived)
}

function bears(request: Request, token: string): boolean {
  const given = Buffer.from(request.headers.get('authorization') ?? '')
  const expected = Buffer.from(`Bearer ${token}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
