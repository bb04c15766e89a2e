import { OUTCOMES, type Outcome, type Reading } from '../reading'
import { UNCOUNTED_HEADER } from '../runs/run-header'
import type { LabCounters } from './events'

/** Totals that start at nothing. */
export const noCounts = (): LabCounters => ({
  requests: 0,
  originCalls: 0,
  queries: 0,
  outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>,
  stores: 0,
  refusals: 0,
  expiries: 0,
  evictions: 0,
  invalidations: 0,
  lost: 0,
})

/**
 * Counts one answered request. Counters are exact: the log may leave rows out, they never do.
 * @param request its outcome counts here unless it bears {@link UNCOUNTED_HEADER}.
 */
export function count(
  counters: LabCounters,
  { outcome, steps, originCalls }: Pick<Reading, 'outcome' | 'steps' | 'originCalls'>,
  request: Pick<Request, 'headers'>,
): void {
  counters.originCalls += originCalls
  countSteps(counters, steps)
  if (!request.headers.has(UNCOUNTED_HEADER)) countOutcome(counters, outcome)
}

/** Counts a request by its outcome alone, where that is all that there is to count. */
export function countOutcome(counters: LabCounters, outcome: Outcome, requests = 1): void {
  counters.requests += requests
  counters.outcomes[outcome] += requests
}

/** Count what happened to entries on the way of a request or a write. */
export function countSteps(counters: LabCounters, steps: Reading['steps']): void {
  for (const { result, queries = 0 } of steps) {
    counters.queries += queries
    if (result === 'stored') counters.stores += 1
    if (result === 'refused') counters.refusals += 1
    if (result === 'expired') counters.expiries += 1
    if (result === 'evicted') counters.evictions += 1
    if (result === 'invalidated') counters.invalidations += 1
  }
}

/** What several processes have counted together. */
export function sumCounts(all: readonly LabCounters[]): LabCounters {
  const sum = noCounts()
  for (const each of all) {
    for (const name of TOTALS) sum[name] += each[name]
    for (const outcome of OUTCOMES) sum.outcomes[outcome] += each.outcomes[outcome]
  }
  return sum
}

const TOTALS = [
  'requests',
  'originCalls',
  'queries',
  'stores',
  'refusals',
  'expiries',
  'evictions',
  'invalidations',
  'lost',
] as const
