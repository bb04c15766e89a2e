import { OUTCOMES, type Outcome } from '../reading'
import { logBins } from './bins'
import type { Answer } from './client'
import { latencyHistogram, slidingHistogram } from './histogram'
import type { Figures, Report } from './report'

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
  | 'handlerMs'
  | 'outcomes'
  | 'distribution'
>
/** The figures of the last second. */
export type MeasuredWindow = Omit<Figures, 'originCalls'> & { durationMs: number }

/** The sliding window is made of so many slots, one a snapshot. */
const SLOTS = 10

interface Slot {
  from: number
  outcomes: Record<Outcome, number>
}

/** Outcomes that start at nothing. */
export const noOutcomes = (): Record<Outcome, number> =>
  Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>

/** (hit + stale) / (requests − errors), 0 when empty. */
export function hitRateOf(outcomes: Record<Outcome, number>): number {
  const { hit, stale, error } = outcomes
  const answered = total(outcomes) - error
  return answered === 0 ? 0 : (hit + stale) / answered
}

const total = (outcomes: Record<Outcome, number>): number => Object.values(outcomes).reduce((sum, n) => sum + n, 0)

/** Gather what requests came to. Times are milliseconds of one clock. */
export function gatherFigures(startedAt: number) {
  const latency = latencyHistogram()
  const handler = latencyHistogram()
  const bins = logBins()
  const windowLatency = slidingHistogram(SLOTS)
  const windowHandler = slidingHistogram(SLOTS)
  const outcomes = noOutcomes()
  let bytes = 0
  let slots: Slot[] = [newSlot(startedAt)]
  const count = (outcome: Outcome) => {
    outcomes[outcome] += 1
    if (slots[0]) slots[0].outcomes[outcome] += 1
  }

  return {
    record(answer: Answer, latencyMs: number): void {
      latency.record(latencyMs)
      bins.record(latencyMs)
      windowLatency.record(latencyMs)
      count(answer.outcome)
      bytes += answer.bytes
      if (answer.handlerMs === undefined) return
      handler.record(answer.handlerMs)
      windowHandler.record(answer.handlerMs)
    },
    /** A request that was due and could not be sent: an error without a latency. */
    overflow: () => count('error'),
    /** The whole, at `now`. */
    measured(now: number): Measured {
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
        handlerMs: handler.summary(),
        outcomes: { ...outcomes },
        distribution: bins.distribution(),
      }
    },
    /** The last second, at `now`; then its oldest slot makes way. */
    slide(now: number): MeasuredWindow {
      const sum = noOutcomes()
      for (const slot of slots) for (const outcome of OUTCOMES) sum[outcome] += slot.outcomes[outcome]
      const requests = total(sum)
      const durationMs = Math.max(now - (slots.at(-1)?.from ?? now), 0)
      const window = {
        durationMs,
        requests,
        errors: sum.error,
        throughput: perSecond(requests, durationMs),
        hitRate: hitRateOf(sum),
        latencyMs: windowLatency.percentiles(),
        handlerMs: windowHandler.percentiles(),
      }
      windowLatency.slide()
      windowHandler.slide()
      slots = [newSlot(now), ...slots].slice(0, SLOTS)
      return window
    },
  }
}

const newSlot = (from: number): Slot => ({ from, outcomes: noOutcomes() })

const perSecond = (requests: number, durationMs: number): number =>
  durationMs > 0 ? (requests / durationMs) * 1000 : 0
