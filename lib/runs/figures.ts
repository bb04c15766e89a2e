import { OUTCOMES, type Outcome } from '../reading'
import { logBins } from './bins'
import type { Answer } from './client'
import { judgeGenerator } from './generator-figures'
import { type LatencyHistogram, latencyHistogram, slidingHistogram } from './histogram'
import { FAILURES, type Failure, type Figures, type Latency, NO_LATENCY, type Report } from './report'
import { usableUnless } from './usable'

/** The figures of a run that its load generator can know. Origin calls and ages are the server's to count. */
export type Measured = Pick<
  Report,
  | 'requests'
  | 'errors'
  | 'durationMs'
  | 'throughput'
  | 'hitRate'
  | 'bytes'
  | 'latencyMs'
  | 'failedLatencyMs'
  | 'serviceMs'
  | 'percentiles'
  | 'handlerMs'
  | 'outcomes'
  | 'failures'
  | 'statuses'
  | 'retries'
  | 'withoutCacheStatus'
  | 'writes'
  | 'stale'
  | 'generator'
  | 'usable'
  | 'distribution'
>
/** The figures of the last second. */
export type MeasuredWindow = Omit<Figures, 'originCalls'> & { durationMs: number }

/** The sliding window is made of so many slots, one a snapshot. */
const SLOTS = 10

interface Slot {
  from: number
  outcomes: Record<Outcome, number>
  stale: number
}

/** Outcomes that start at nothing. */
export const noOutcomes = (): Record<Outcome, number> =>
  Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>

const noFailures = (): Record<Failure, number> =>
  Object.fromEntries(FAILURES.map((failure) => [failure, 0])) as Record<Failure, number>

/** The figures of a run that has measured nothing yet. */
export const nothingMeasured: Measured = {
  requests: 0,
  errors: 0,
  durationMs: 0,
  throughput: 0,
  hitRate: 0,
  bytes: 0,
  latencyMs: NO_LATENCY,
  failedLatencyMs: NO_LATENCY,
  serviceMs: NO_LATENCY,
  percentiles: [],
  handlerMs: null,
  outcomes: noOutcomes(),
  failures: noFailures(),
  statuses: {},
  retries: 0,
  withoutCacheStatus: 0,
  writes: { requests: 0, errors: 0, latencyMs: NO_LATENCY },
  stale: null,
  generator: { pacingMs: null, busy: null, usable: true },
  usable: usableUnless(),
  distribution: [],
}

/** (hit + stale) / (requests − errors), 0 when empty. */
export function hitRateOf(outcomes: Record<Outcome, number>): number {
  const { hit, stale, error } = outcomes
  const answered = total(outcomes) - error
  return answered === 0 ? 0 : (hit + stale) / answered
}

const total = (outcomes: Record<Outcome, number>): number => Object.values(outcomes).reduce((sum, n) => sum + n, 0)

/**
 * Gather what requests came to. Times are milliseconds of one clock.
 * @param mixed whether some of them write, so that others may be stale.
 */
export function gatherFigures(startedAt: number, mixed = false) {
  const latency = latencyHistogram()
  const failed = latencyHistogram()
  const service = latencyHistogram()
  const writing = latencyHistogram()
  const writes = { requests: 0, errors: 0 }
  const failures = noFailures()
  /** By status code. */
  const statuses: number[] = []
  let retries = 0
  let withoutCacheStatus = 0
  const pacing = latencyHistogram()
  let paced = false
  const handler = latencyHistogram()
  const bins = logBins()
  const windowLatency = slidingHistogram(SLOTS)
  const windowHandler = slidingHistogram(SLOTS)
  const outcomes = noOutcomes()
  let bytes = 0
  let slots: Slot[] = [newSlot(startedAt)]
  const ages = latencyHistogram()
  let stale = 0
  const count = (outcome: Outcome) => {
    outcomes[outcome] += 1
    if (slots[0]) slots[0].outcomes[outcome] += 1
  }

  return {
    /**
     * A read: its latency from when it was due, and its service time from when it was sent.
     * @param staleMs for how long there had been a later version; undefined where it was not stale.
     */
    record(answer: Answer, latencyMs: number, serviceMs = latencyMs, staleMs?: number): void {
      if (answer.failure) failures[answer.failure] += 1
      if (answer.status !== undefined) statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      if (answer.retried) retries += 1
      if (answer.untold) withoutCacheStatus += 1
      count(answer.outcome)
      bytes += answer.bytes
      // A timeout or a quick refusal would change what the others took.
      if (answer.outcome === 'error') {
        failed.record(latencyMs)
        return
      }
      latency.record(latencyMs)
      service.record(serviceMs)
      bins.record(latencyMs)
      windowLatency.record(latencyMs)
      if (staleMs !== undefined) {
        stale += 1
        if (slots[0]) slots[0].stale += 1
        ages.record(staleMs)
      }
      if (answer.handlerMs === undefined) return
      handler.record(answer.handlerMs)
      windowHandler.record(answer.handlerMs)
    },
    /** A write, which is no part of the other figures. */
    recordWrite({ outcome }: Answer, latencyMs: number): void {
      writes.requests += 1
      if (outcome === 'error') writes.errors += 1
      else writing.record(latencyMs)
    },
    /** How late the generator came to a request that was due. */
    paced(lateMs: number): void {
      paced = true
      pacing.record(lateMs)
    },
    /** A request that was due and could not be sent: an error without a latency. */
    overflow(): void {
      failures.overflow += 1
      count('error')
    },
    /**
     * The whole, at `now`.
     * @param busy the part of the time in which the generator's event loop worked; null where that says nothing.
     * @param over whether that is all: only then is the curve read, which takes as long as a hundred requests.
     */
    measured(now: number, busy: number | null = 0, over = false): Measured {
      const requests = total(outcomes)
      const durationMs = Math.max(now - startedAt, 0)
      return {
        requests,
        errors: outcomes.error,
        durationMs,
        throughput: perSecond(requests, durationMs),
        hitRate: hitRateOf(outcomes),
        bytes,
        latencyMs: latency.summary(),
        failedLatencyMs: failed.summary(),
        serviceMs: service.summary(),
        percentiles: over ? latency.curve() : [],
        handlerMs: summaryOf(handler),
        outcomes: { ...outcomes },
        failures: { ...failures },
        statuses: Object.fromEntries(Object.entries(statuses)),
        retries,
        withoutCacheStatus,
        writes: { ...writes, latencyMs: writing.summary() },
        stale: mixed
          ? { requests: stale, rate: partOf(stale, requests - outcomes.error), ageMs: inShort(ages.summary()) }
          : null,
        ...judgeGenerator(paced ? pacing.summary() : undefined, busy, requests),
        distribution: bins.distribution(),
      }
    },
    /** The last second, at `now`; then its oldest slot makes way. */
    slide(now: number): MeasuredWindow {
      const sum = noOutcomes()
      for (const slot of slots) for (const outcome of OUTCOMES) sum[outcome] += slot.outcomes[outcome]
      const requests = total(sum)
      const staleThen = slots.reduce((total, slot) => total + slot.stale, 0)
      const durationMs = Math.max(now - (slots.at(-1)?.from ?? now), 0)
      const window = {
        durationMs,
        requests,
        errors: sum.error,
        throughput: perSecond(requests, durationMs),
        hitRate: hitRateOf(sum),
        latencyMs: windowLatency.percentiles() ?? NO_PERCENTILES,
        handlerMs: windowHandler.percentiles() ?? null,
        staleRate: mixed ? partOf(staleThen, requests - sum.error) : null,
      }
      windowLatency.slide()
      windowHandler.slide()
      slots = [newSlot(now), ...slots].slice(0, SLOTS)
      return window
    },
  }
}

const NO_PERCENTILES = { p50: 0, p95: 0, p99: 0 }

/** Null of nothing. */
function summaryOf(histogram: LatencyHistogram): Latency | null {
  const summary = histogram.summary()
  return summary.count > 0 ? summary : null
}

const newSlot = (from: number): Slot => ({ from, outcomes: noOutcomes(), stale: 0 })

const inShort = ({ p50, p95, max }: Report['latencyMs']) => ({ p50, p95, max })

const partOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

const perSecond = (requests: number, durationMs: number): number =>
  durationMs > 0 ? (requests / durationMs) * 1000 : 0
