import type { Exercise } from '@/lib/checks/exercise'
import type { Outcome } from '@/lib/reading'
import type { Report } from '@/lib/runs/report'

/** What is known of a lesson besides its text. The text is `lesson.mdx` in the folder named by the slug. */
export interface Lesson<Slug extends string = string> {
  slug: Slug
  title: string
  /** One or two sentences, for lists and search. */
  summary: string
  minutes: { core: number; optional: number }
  /** It goes on where the course of the first ten ends: for those who want to know the other tiers, too. */
  further?: true
  /** What the reader can do afterwards. */
  goals: readonly string[]
  /** What the reader should know before. */
  prerequisites: readonly string[]
  /** In the order in which the text shows them; each is shown once, by `<Experiment id="…">`. */
  experiments: readonly ExperimentDefinition[]
  /** Things to do by hand, checked by the server; each is shown once, by `<Exercise id="…">`. */
  exercises: readonly Exercise[]
  /** Questions that later lessons open with and the review page brings back. At least two. */
  recall: readonly [Question, Question, ...Question[]]
  /** Three lines to keep. */
  remember: readonly [string, string, string]
}

/** An experiment: what it asks, and what the reader commits to before it runs. */
export interface ExperimentDefinition {
  /** Unique in the course: predictions, conclusions and links are kept by it. */
  id: string
  question: string
  predict: Prediction
}

/**
 * What the reader says beforehand. `measure` reads what it came to from what the panels of the experiment have seen
 * since; undefined while they have not seen enough. Tests call it on real runs, so that what an experiment is to show
 * is asserted.
 */
export type Prediction = NumberPrediction | ChoicePrediction

export interface NumberPrediction {
  kind: 'number'
  /** The question to the reader: a whole sentence. */
  ask: string
  /** `%` stands for percentage points of a share that `measure` gives as 0 to 100. */
  unit: '%' | 'ms' | 's' | '×' | 'requests' | 'calls' | 'queries' | 'requests/s'
  min: number
  max: number
  step?: number
  /** The line of the load panel's charts over which the prediction is drawn; none where it is none of these. */
  draw?: 'hitRate' | 'throughput' | 'p50' | 'p95' | 'p99'
  measure(seen: Seen): number | undefined
}

export interface ChoicePrediction {
  kind: 'choice'
  ask: string
  options: readonly { id: string; label: string }[]
  /** The id of the option that came true. */
  measure(seen: Seen): string | undefined
}

/** What the panels of an experiment have seen since the reader committed, the oldest first. */
export interface Seen {
  /** Runs that ended. */
  reports: readonly Report[]
  /** Single requests sent from the page. */
  sent: readonly SentRequest[]
  /** Figures that a panel names itself; the panel's file says which. */
  figures: Readonly<Record<string, number>>
}

/** One request that the page sent, as far as a prediction may ask after it. */
export interface SentRequest {
  resource: string
  strategy: string
  /** Who was asked: `app`, `edge`, `careless`, `worker-1`. */
  to: string
  /** Header fields that were sent along, of those that the answer varies by; their names in lower case. */
  asked: Readonly<Record<string, string>>
  /** `age`, `cache-status`, `x-version` and `x-worker` of the answer, where it had them. */
  header: Readonly<Record<string, string>>
  outcome: Outcome
  status: number
  /** Who answered, by Resource Timing. */
  by: 'network' | 'browser' | 'browser-revalidated'
  roundTripMs: number
  /** The answer, as far as its first thousand characters. */
  body?: string
}

/** A question to bring back what was learned. `answer` is the index of the right option. */
export interface Question {
  /** Unique in the course. */
  id: string
  ask: string
  options: readonly [string, string, ...string[]]
  answer: number
  /** Why, in a sentence or two. */
  why: string
}

/** Define a lesson: the identity, typed so that its slug stays a literal. */
export const defineLesson = <const Slug extends string>(lesson: Lesson<Slug>): Lesson<Slug> => lesson
