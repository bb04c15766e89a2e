import type { Check } from './check'

/** Something to do by hand, which the server checks on what the learner's lab really did. */
export interface Exercise {
  /** Unique in the course. */
  id: string
  title: string
  /** What to do, in steps; `ticks` mark code. */
  task: readonly string[]
  /** A ladder: a nudge, a pointer, the answer. Costs nothing, and is noted. */
  hints: readonly [nudge: string, pointer: string, answer: string]
  check: Check
}

/** An exercise with the slug of the lesson that it stands in. */
export interface CourseExercise {
  lesson: string
  exercise: Exercise
}
