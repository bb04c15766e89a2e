import type { Check, Evidence, Verdict } from '../checks/check'
import type { LabEvent } from '../lab/events'
import type { Outcome } from '../reading'
import { noOutcomes, nothingMeasured } from '../runs/figures'
import type { Report } from '../runs/report'

/** Evidence as a lab makes it, for tests of checks that need no server. */

type Row = Partial<LabEvent> & Pick<LabEvent, 'kind'>

let seq = 0

/** Rows of one request; what is not said is of `tasks/42` with `redis`, at noon. */
export const rows = (request: number, ...each: Row[]): Evidence[] =>
  each.map((row) => {
    seq += 1
    const base = { seq, at: NOON, resource: 'tasks/{id}', key: 'tasks/42', strategy: 'redis', worker: '1', request }
    return { kind: 'row', row: { ...base, ...row } }
  })

export const NOON = Date.UTC(2026, 0, 1, 12)

/** A miss that called the origin and stored what it got; one that found an entry past its TTL says so first. */
export const miss = (request: number, over: Partial<LabEvent> & { expired?: boolean } = {}): Evidence[] => {
  const { expired, ...row } = over
  return rows(
    request,
    ...(expired ? [{ ...row, kind: 'expiry', tier: 'redis' } as const] : []),
    { ...row, kind: 'origin', tier: 'origin', queries: 1 },
    { ...row, kind: 'store', tier: 'redis' },
    { durMs: 203.4, ...row, kind: 'miss' },
  )
}

export const hit = (request: number, row: Partial<LabEvent> = {}): Evidence[] =>
  rows(request, { durMs: 0.3127, ...row, kind: 'hit' })

/** A run of 1,000 requests for `slow-value` with `memory`, 20 of which called the origin. */
export function report(over: Partial<Report> = {}, config: Partial<Report['config']> = {}): Evidence {
  const latencyMs = { count: 1_000, min: 1, mean: 2, p50: 2, p90: 3, p95: 4, p99: 5, p999: 6, max: 6 }
  const outcomes: Record<Outcome, number> = { ...noOutcomes(), hit: 980, miss: 20 }
  const whole: Report = {
    ...nothingMeasured,
    run: 'run-1',
    startedAt: '2026-01-01T12:00:00.000Z',
    alongside: null,
    requests: 1_000,
    errors: 0,
    durationMs: 1_000,
    throughput: 1_000,
    hitRate: 0.98,
    lost: 0,
    originCalls: 20,
    bytes: 10_000,
    latencyMs,
    handlerMs: latencyMs,
    outcomes,
    ageMs: { mean: 100, max: 400 },
    stale: null,
    distribution: [{ fromMs: 1, toMs: 10, count: 1_000 }],
    config: {
      resource: 'slow-value',
      params: {},
      strategy: 'memory',
      ttl: 10,
      lab: 'lab',
      mode: 'closed',
      requests: 1_000,
      connections: 20,
      arrivals: 'poisson',
      keys: { kind: 'one', count: 1, s: 1, seed: 1 },
      warmupMs: 0,
      start: 'cold',
      writes: 0,
      via: 'direct',
      host: 'next',
      thresholds: [],
      stopUnwatched: false,
      ...config,
    },
    thresholds: [],
    versions: {},
    machine: { cpus: 2, model: '', node: '', platform: '' },
    ...over,
  }
  return { kind: 'report', report: whole }
}

export const command = (text: string): Evidence => ({ kind: 'command', command: { at: NOON, text } })

/** The verdict after all of it, in order. */
export const judge = (check: Check, ...evidence: readonly (Evidence | readonly Evidence[])[]): Verdict =>
  check.verdict(evidence.flat().reduce((state, each) => check.reduce(state, each), check.initial))
