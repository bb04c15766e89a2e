import type { LabEvent } from '../lab/events'
import type { RunCommand } from '../notebook/items'
import type { Report } from '../runs/report'

/** What a check hears of, as it happens: nothing is left out, as it would be from a log that is bounded. */
export type Evidence =
  /** A row of the lab's log. Rows of one request follow each other; its outcome comes last. */
  | { kind: 'row'; row: LabEvent }
  /** A run of the lab ended in good order. */
  | { kind: 'report'; report: Report }
  /** The learner recorded a command that they ran. */
  | { kind: 'command'; command: RunCommand }

/** One line of what is to happen, and whether it has. */
export interface Goal {
  say: string
  done: boolean
  /** What was seen that fulfilled it, in a few words: `#41 miss, 203 ms`. */
  seen?: string
  /** What is waited for, while it is not done. */
  expects?: string
  /** While it is not done: it may come now, or it is what did not come in its time. Neither where its turn is later. */
  mark?: 'next' | 'broken'
  /** It is fulfilled by what the learner hands in, and not by what the lab does. */
  wants?: 'command'
}

/** How an exercise stands. A failed one says which request or run broke it, and what was expected in its place. */
export interface Verdict {
  status: 'open' | 'passed' | 'failed'
  goals: readonly Goal[]
  broken?: { expected: string; found: string; request?: number; run?: string }
}

/**
 * A graded assertion on what a lab really did: a reducer over the evidence as it passes. Pure: the same evidence gives
 * the same verdict, so that a test needs no server.
 */
export interface Check<State = unknown> {
  initial: State
  reduce(state: State, evidence: Evidence): State
  verdict(state: State): Verdict
}

/**
 * Defines a check, and hides the type of its state for lists of checks of all kinds. No check sees a report with unusable
 * metrics: the run neither passes nor fails an exercise, and can be repeated.
 */
export const defineCheck = <State>(check: Check<State>): Check => ({
  ...check,
  reduce: (state: State, evidence: Evidence) =>
    evidence.kind === 'report' && !evidence.report.usable.ok ? state : check.reduce(state, evidence),
})
