import type { LabEvent } from '@/lib/lab/events'
import { groupRows } from './log-groups'
import type { Sent } from './send'

/**
 * Two witnesses of the same fetches who do not know of each other. The browser tells by Resource Timing who answered
 * each; the server tells by its log which of them it heard of.
 */

/** What the browser says. */
export interface PageCount {
  asked: number
  /** Answered by its own cache, without a word to the server. */
  fromCache: number
  /** Answered by its own cache after the server had confirmed the copy (304). */
  revalidated: number
  /** The whole answer came over the network. */
  network: number
  /** Nothing came back at all. */
  failed: number
  /** That came over the network, headers reckoned as 300 for each answer (W3C Resource Timing, `transferSize`). */
  bytes: number
}

/** What the server says. */
export interface ServerCount {
  requests: number
  /** Of these, answered with 304. */
  revalidated: number
  originCalls: number
}

export const noneAsked: PageCount = { asked: 0, fromCache: 0, revalidated: 0, network: 0, failed: 0, bytes: 0 }
export const noneHeard: ServerCount = { requests: 0, revalidated: 0, originCalls: 0 }

/** The browser's count after one more fetch. */
export function countSent(count: PageCount, { by, status, transferBytes }: Counted): PageCount {
  const side = status === 0 ? 'failed' : SIDE[by]
  return { ...count, asked: count.asked + 1, bytes: count.bytes + transferBytes, [side]: count[side] + 1 }
}

type Counted = Pick<Sent, 'by' | 'status' | 'transferBytes'>
const SIDE = { browser: 'fromCache', 'browser-revalidated': 'revalidated', network: 'network' } as const

/** What the server's log tells of single requests for a resource by a strategy, from the row after `since` on. */
export function countHeard(
  rows: readonly LabEvent[],
  { since, resource, strategy }: { since: number; resource: string; strategy: string },
): ServerCount {
  const heard = groupRows(rows.filter(({ seq }) => seq > since)).filter(
    (group) => group.outcome && group.resource === resource && group.strategy === strategy && group.run === undefined,
  )
  return {
    requests: heard.length,
    revalidated: heard.filter(({ outcome }) => outcome?.kind === 'revalidated').length,
    originCalls: heard.filter(({ steps }) => steps.some(({ kind }) => kind === 'origin')).length,
  }
}

/** Sum of two counts of the same kind. */
export const addCounts = <C extends PageCount | ServerCount>(a: C, b: C): C =>
  Object.fromEntries(Object.entries(a).map(([name, value]) => [name, value + b[name as keyof C]])) as C

/** Whether the two agree, and in what; or where they differ. */
export function agreement(page: PageCount, server: ServerCount): { agree: boolean; say: string } {
  const sent = page.network + page.revalidated
  if (server.requests > sent)
    return {
      agree: false,
      say: `The server heard of ${server.requests - sent} more than this page sent: somebody else asks in this lab, too.`,
    }
  if (server.requests < sent)
    return { agree: false, say: `The server heard of ${sent - server.requests} fewer than the browser says it sent.` }
  if (server.revalidated !== page.revalidated)
    return { agree: false, say: 'They agree on how many requests were sent, but not on how many a 304 answered.' }
  return { agree: true, say: `${page.network} + ${page.revalidated} = ${server.requests}: the two witnesses agree.` }
}

/**
 * What the panel tells its experiment, by strategy: `http:asked`, `http:browser-hits`, `http:revalidated`,
 * `http:server-requests`, `http:origin-calls`, all counted since the count was begun.
 */
export const witnessFigures = (
  strategy: string,
  page: PageCount,
  server: ServerCount,
): [name: string, value: number][] => [
  [`${strategy}:asked`, page.asked],
  [`${strategy}:browser-hits`, page.fromCache],
  [`${strategy}:revalidated`, page.revalidated],
  [`${strategy}:server-requests`, server.requests],
  [`${strategy}:origin-calls`, server.originCalls],
]
