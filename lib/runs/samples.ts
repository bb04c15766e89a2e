import { z } from 'zod'
import { OUTCOMES } from '../reading'
import type { Answer } from './client'
import type { Failure } from './report'
import { FAILURES, runStatus } from './report'
import { SAMPLED_HEADERS } from './sampled-headers'

/** A run's requests one by one: the first, where a cache is filled, and then a sample that is spread over all of it. */

/** The first requests of a run, all of which are kept. */
const FIRST = 100
/** How many are kept of those after them. */
const THEN = 300
/** Characters of a header that are kept. */
const CHARACTERS = 500

const ms = z.number().min(0)

/** One request of a run. */
export const sample = z.object({
  n: z.int().min(1).describe('its place in the run, in the order in which they were sent'),
  atMs: ms.describe('when it was sent, since the first was due'),
  key: z.string().describe('the path it asked for, without the lab'),
  method: z.enum(['GET', 'PATCH']),
  address: z.int().min(0).describe('which of the run’s hosts was asked, counted from 0'),
  status: z.int().optional().describe('absent where there was no answer'),
  outcome: z.enum(OUTCOMES),
  failure: z.enum(FAILURES).optional().describe('why its outcome is an error'),
  browser: z
    .enum(['hit', 'revalidated', 'miss'])
    .optional()
    .describe(
      'what the client’s own HTTP cache did, where it has one; after a hit the headers are those it had stored',
    ),
  latencyMs: ms.describe('from when it was due'),
  serviceMs: ms.describe('from when it was sent'),
  version: z.int().optional().describe('the origin’s version of what it was answered with'),
  staleMs: ms.optional().describe('for how long there had been a later version; absent where it was not stale'),
  headers: z.partialRecord(z.enum(SAMPLED_HEADERS), z.string()),
})
export type Sample = z.infer<typeof sample>

/** What `GET /api/runs/{id}/requests` answers. */
export const runRequests = z.object({
  run: z.string(),
  status: runStatus,
  hosts: z.int().min(0).describe('between which the requests were drawn'),
  requests: z
    .array(sample)
    .describe(`the first ${FIRST}, and up to ${THEN} evenly spaced of those after them; empty until the run is over`),
})
export type RunRequests = z.infer<typeof runRequests>

/** A sample as the generator tells it: the key by its index. */
export type ToldSample = Omit<Sample, 'key'> & { key: number }

/** Keeps samples of a run, by the number of each request, counted from 1. */
export interface Sampler {
  /** Whether this request is one to keep. Known before it is sent, so that nothing is gathered for the others. */
  wants(n: number): boolean
  add(sample: ToldSample): void
  /** In the order of their sending. */
  samples(): ToldSample[]
}

/**
 * Keep the first {@link FIRST}, and of those after them each second, fourth, eighth, whatever keeps them within
 * {@link THEN}: it is not known how many will come. They are evenly spaced at every moment, and nothing is drawn.
 */
export function openSampler(): Sampler {
  const first: ToldSample[] = []
  let then: ToldSample[] = []
  let stride = 1
  const wants = (n: number) => n <= FIRST || (n - FIRST) % stride === 0
  return {
    wants,
    add(sample) {
      // It may have been thinned out while it was under way.
      if (!wants(sample.n)) return
      if (sample.n <= FIRST) first.push(sample)
      else then.push(sample)
      if (then.length <= THEN) return
      stride *= 2
      then = then.filter(({ n }) => wants(n))
    },
    samples: () => [...first, ...then].sort((a, b) => a.n - b.n),
  }
}

/** The headers of an answer that are kept, each of them cut to {@link CHARACTERS}. */
export function sampledHeaders(headers: Answer['headers'] = {}): Sample['headers'] {
  const kept: Sample['headers'] = {}
  for (const name of SAMPLED_HEADERS) {
    const value = headers[name]
    if (value !== undefined) kept[name] = (typeof value === 'string' ? value : value.join(', ')).slice(0, CHARACTERS)
  }
  return kept
}

/** What a path asks for: without how it is to be answered, and without the lab, whose name may be a secret. */
export function keyOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://key.invalid')
  for (const name of ['cache', 'ttl', 'lab']) searchParams.delete(name)
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname
}

/** What an answer says of itself in a sample. A write goes past all tiers, and says nothing of them. */
export const answered = (
  { outcome, failure, status, version, browser, headers }: Answer,
  method: Sample['method'] = 'GET',
) => ({
  outcome: method === 'PATCH' && outcome !== 'error' ? ('bypass' as const) : outcome,
  ...(failure && { failure: failure satisfies Failure }),
  ...(status !== undefined && { status }),
  ...(version !== undefined && { version }),
  ...(browser && { browser }),
  headers: sampledHeaders(headers),
})
