import { z } from 'zod'
import { ageMsOf, type Reading } from '../reading'
import type { Report } from './report'

/** What a process counts for a run while it lasts: what its load generator cannot know. */
export const totals = z.object({
  originCalls: z.int().min(0),
  answers: z.int().min(0).describe('that were given'),
  ageSumMs: z.number().min(0).describe('of their ages'),
  ageMaxMs: z.number().min(0).describe('the greatest of them'),
})
export type Totals = z.infer<typeof totals>

/** What this process counts, and what others have told of theirs: by process, as far as each had come. */
export interface Tally extends Totals {
  others: Map<string, Totals>
  /** How many times a process ended before it had told all that it had counted. */
  lost: number
}

/** Processes of which the counts of one run are kept: more than any run has, those that were replaced included. */
const OTHERS = 100

/** Totals that start at nothing. */
export const newTotals = (): Totals => ({ originCalls: 0, answers: 0, ageSumMs: 0, ageMaxMs: 0 })

/** A tally that starts at nothing. */
export const newTally = (): Tally => ({ ...newTotals(), others: new Map(), lost: 0 })

/** Count one answer, given at `now` (epoch ms). What was loaded for its request has no age. */
export function tallyReading(tally: Totals, reading: Reading, now: number): void {
  const ageMs = ageMsOf(reading, now) ?? 0
  tally.originCalls += reading.originCalls
  tally.answers += 1
  tally.ageSumMs += ageMs
  tally.ageMaxMs = Math.max(tally.ageMaxMs, ageMs)
}

/**
 * Take what another process has counted for the run so far. Totals are absolute, so that one that is told twice counts
 * once, and one that was lost is made up for by the next.
 * @param process its name; one that replaces another has a name of its own. Beyond {@link OTHERS} it is left out.
 */
export function tallyOthers(tally: Tally, process: string, totals: Totals): void {
  if (tally.others.has(process) || tally.others.size < OTHERS) tally.others.set(process, totals)
}

/** What all processes have counted together. */
export const totalsOf = ({ others, lost: _lost, ...own }: Tally): Totals =>
  [...others.values()].reduce<Totals>(
    (sum, each) => ({
      originCalls: sum.originCalls + each.originCalls,
      answers: sum.answers + each.answers,
      ageSumMs: sum.ageSumMs + each.ageSumMs,
      ageMaxMs: Math.max(sum.ageMaxMs, each.ageMaxMs),
    }),
    own,
  )

/**
 * The age of a run's answers. Null where there were none, and where clients had more answers than were given here:
 * HTTP caches on the way gave the others, and the server never hears how old those were.
 */
export const ageOf = (
  { answers, ageSumMs, ageMaxMs }: Totals,
  { requests, errors }: Pick<Report, 'requests' | 'errors'>,
): Report['ageMs'] =>
  answers === 0 || answers < requests - errors ? null : { mean: ageSumMs / answers, max: ageMaxMs }
