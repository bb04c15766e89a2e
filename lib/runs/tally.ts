import { ageMsOf, type Reading } from '../reading'
import type { Report } from './report'

/** What the server counts for a run while it lasts: what its load generator cannot know. */
export interface Tally {
  originCalls: number
  /** Answers that were given, with the sum of their ages and the greatest of them, in milliseconds. */
  answers: number
  ageSumMs: number
  ageMaxMs: number
}

/** A tally that starts at nothing. */
export const newTally = (): Tally => ({ originCalls: 0, answers: 0, ageSumMs: 0, ageMaxMs: 0 })

/** Count one answer, given at `now` (epoch ms). What was loaded for its request has no age. */
export function tallyReading(tally: Tally, reading: Reading, now: number): void {
  const ageMs = ageMsOf(reading, now) ?? 0
  tally.originCalls += reading.originCalls
  tally.answers += 1
  tally.ageSumMs += ageMs
  tally.ageMaxMs = Math.max(tally.ageMaxMs, ageMs)
}

/**
 * The age of a run's answers. Null where there were none, and where clients had more answers than were given here:
 * their own HTTP caches gave the others, and the server never hears how old those were.
 */
export const ageOf = (
  { answers, ageSumMs, ageMaxMs }: Tally,
  { requests, errors }: Pick<Report, 'requests' | 'errors'>,
): Report['ageMs'] =>
  answers === 0 || answers < requests - errors ? null : { mean: ageSumMs / answers, max: ageMaxMs }
