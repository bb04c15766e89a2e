import { type Fault, faultIn, faultOf } from '@/app/lab/problem'
import { openTarget, type Target } from '@/app/lab/targets'
import type { Labelled } from '@/app/parts/sell-by-label'
import type { SentRequest } from '@/lessons/lesson'
import type { Outcome } from '@/lib/reading'
import { outcomeOf } from '@/lib/runs/outcome'
import { type AnsweredBy, answeredBy, type Transfer } from './answered-by'
import { parseServerTiming, type Stretch, waterfall } from './timing'

/** One request that was sent, and all that can be known of its answer from outside. */
export interface Sent {
  /** Tells this send from all others of the page. */
  id: number
  /** Epoch milliseconds, by this browser's clock. */
  at: number
  path: string
  resource: string
  strategy: string
  to: Target
  /** Header fields that were sent along, their names in lower case. */
  asked: Readonly<Record<string, string>>
  /** 0 where nothing came back. */
  status: number
  outcome: Outcome
  by: AnsweredBy
  roundTripMs: number
  /** What came over the network, by Resource Timing, which reckons 300 for all headers. 0 where it was not told. */
  transferBytes: number
  /** Where the time went. What a browser's cache replays of the stored answer's timing is not among it. */
  stretches: Stretch[]
  headers: [name: string, value: string][]
  body: string
  fault?: Fault
  /** What the browser's cache keeps, where the answer may be kept there. */
  kept?: Labelled
}

/** What an experiment may know of a send. */
export const seenOf = ({
  resource,
  strategy,
  to,
  asked,
  outcome,
  status,
  by,
  roundTripMs,
  headers,
  body,
}: Sent): SentRequest => ({
  resource,
  strategy,
  to,
  asked,
  header: Object.fromEntries(headers.filter(([name]) => TOLD.has(name))),
  outcome,
  status,
  by,
  roundTripMs,
  // Kept with the page: a long list would fill what the browser lends for that.
  body: body.slice(0, 1_000),
})

/** Header fields of an answer that an experiment may ask after. */
const TOLD = new Set(['age', 'cache-status', 'x-version', 'x-worker'])

/** What to ask, in words that a history can keep. `past` asks the network even where the browser has a fresh copy. */
export interface Ask {
  path: string
  resource: string
  strategy: string
  past?: boolean
  /** Who is asked; the app itself where it is left out. Started where it is not there. */
  to?: Target
  /** Ask as somebody whose browser has nothing yet: this browser's cache is neither asked nor filled. */
  newVisitor?: boolean
  headers?: Readonly<Record<string, string>>
}

/** A fetch past the browser's cache says `no-cache` to all caches, unless it says something of its own (Fetch, 4.5). */
const ANY_AGE = { 'cache-control': 'max-age=31536000' }

/** Resource Timing hands an entry on a little after the body was read. */
const TIMING_WAIT_MS = 60

/** Send a request as a page does, browser cache included, and tell what became of it. Never rejects. */
export async function send({
  path,
  resource,
  strategy,
  past,
  to = 'app',
  newVisitor,
  headers: fields,
}: Ask): Promise<Sent> {
  let start = performance.now()
  const asked = { id: start, at: Date.now(), path, resource, strategy, to, asked: lowerCased(fields) }
  performance.setResourceTimingBufferSize(1_000)
  try {
    const url = new URL((await openTarget(to)) + path, location.href).href
    // A process that has to be started takes its time, which is not the request's.
    start = performance.now()
    asked.at = Date.now()
    const response = await fetch(url, {
      ...(past && { cache: 'reload' }),
      ...(newVisitor && { cache: 'no-store' }),
      headers: { ...fields, ...(newVisitor && ANY_AGE) },
    })
    const body = await response.text()
    const measured = performance.now() - start
    const timing = await transferOf(url, start)
    const by = answeredBy(timing)
    const roundTripMs = timing ? Math.max(timing.duration, 0.001) : measured
    const { headers, status } = response
    return {
      ...asked,
      status,
      by,
      roundTripMs,
      transferBytes: timing?.transferSize ?? 0,
      outcome:
        by === 'browser'
          ? 'hit'
          : by === 'browser-revalidated'
            ? 'revalidated'
            : outcomeOf(status, headers.get('cache-status') ?? ''),
      stretches:
        by === 'browser'
          ? [{ name: 'browser', kind: 'tier', about: 'the browser’s own cache', startMs: 0, durMs: roundTripMs }]
          : waterfall(parseServerTiming(headers.get('server-timing')), roundTripMs),
      headers: [...headers],
      body,
      fault: response.ok || status === 304 ? undefined : faultOf(status, parsed(body), headers),
      kept: response.ok && !newVisitor ? browserEntry(path, headers) : undefined,
    }
  } catch (error) {
    const roundTripMs = performance.now() - start
    const nothing = { status: 0, by: 'network' as const, transferBytes: 0, stretches: [], headers: [], body: '' }
    return { ...asked, ...nothing, roundTripMs, outcome: 'error', fault: faultIn(error) }
  }
}

const lowerCased = (fields: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]))

/** The entry of Resource Timing for the fetch of `url` that began at `start`, once it is there. */
async function transferOf(url: string, start: number): Promise<(Transfer & { duration: number }) | undefined> {
  const find = () =>
    (performance.getEntriesByName(url, 'resource') as PerformanceResourceTiming[]).findLast(
      ({ startTime }) => startTime >= start - 1,
    )
  const until = performance.now() + TIMING_WAIT_MS
  let entry = find()
  while (!entry && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 4))
    entry = find()
  }
  return entry
}

/** What a private cache makes of an answer's headers: fresh for `max-age` from its `Date` on (RFC 9111, 4.2). */
function browserEntry(path: string, headers: Headers): Labelled | undefined {
  const maxAge = /(?:^|,)\s*max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1]
  const date = Date.parse(headers.get('date') ?? '')
  if (maxAge === undefined || Number.isNaN(date)) return undefined
  const age = Number(headers.get('age') ?? 0)
  const url = new URL(path, location.href)
  for (const name of ['cache', 'ttl', 'lab']) url.searchParams.delete(name)
  const key = `${url.pathname}${url.search}`.replace(/^\/api\//, '')
  return {
    key,
    where: 'this browser',
    expiresAt: date + (Number(maxAge) - age) * 1000,
    version: headers.get('etag') ?? undefined,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
