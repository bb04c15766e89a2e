import { describeError } from '../describe-error'
import { problem } from '../http/problem'
import type { LabStreamEvents } from '../lab/events'
import type { NewItem } from '../notebook/items'
import type { Clock } from '../reading'
import type { Attempt } from './attempt'
import type { Evidence, Verdict } from './check'
import { doneItem } from './done-item'
import type { CourseExercise } from './exercise'

/** The stream hears of one attempt at most this often, however fast the evidence comes; of its end at once. */
export const TOLD_MS = 100

/**
 * The attempts of one lab, at most one an exercise. They follow the lab while they are open. They are this process's own,
 * and gone when it ends or the lab is dropped: what has been passed is in the learner's notebook. All that take the id
 * of an exercise throw `exercise-not-found` where the course has none of it.
 */
export interface Attempts {
  list(): Attempt[]
  get(exercise: string): Attempt | undefined
  /** Start it, or start it anew. `learner` is whose notebook it is written into once it has passed. */
  start(exercise: string, learner: string | undefined): Attempt
  /** Hand in a command. Throws `attempt-not-found`; one that is over stays as it is. */
  command(exercise: string, text: string): Attempt
  /** Give it up. */
  end(exercise: string): void
}

/** What attempts need of their lab and of the app. */
export interface AttemptParts {
  clock: Clock
  exercises: readonly CourseExercise[]
  /** Hear of all that the lab does. Gives the function that ends it. */
  follow(listener: (evidence: Evidence) => void): () => void
  broadcast(event: 'attempt', data: LabStreamEvents['attempt']): void
  /** Write what was done into a learner's notebook. */
  note(learner: string | undefined, item: NewItem): void
}

interface Running {
  now(): Attempt
  take(evidence: Evidence): void
  stop(): void
}

export function openAttempts(parts: AttemptParts): Attempts {
  const running = new Map<string, Running>()

  const exerciseOf = (id: string): CourseExercise => {
    const known = parts.exercises.find(({ exercise }) => exercise.id === id)
    if (!known) {
      throw problem('exercise-not-found', { parameter: 'exercise', given: id, accepted: 'the id of an exercise' })
    }
    return known
  }
  const attemptOf = (id: string) => running.get(exerciseOf(id).exercise.id)

  return {
    list: () => [...running.values()].map((each) => each.now()),
    get: (id) => attemptOf(id)?.now(),
    start(id, learner) {
      const course = exerciseOf(id)
      running.get(id)?.stop()
      const started = follow(course, learner, parts)
      running.set(id, started)
      const attempt = started.now()
      parts.broadcast('attempt', { exercise: id, attempt })
      return attempt
    },
    command(id, text) {
      const attempt = attemptOf(id)
      if (!attempt) throw problem('attempt-not-found', { parameter: 'exercise', given: id })
      attempt.take({ kind: 'command', command: { at: parts.clock.now(), text } })
      return attempt.now()
    },
    end(id) {
      const attempt = attemptOf(id)
      if (!attempt) return
      attempt.stop()
      running.delete(id)
      parts.broadcast('attempt', { exercise: id })
    },
  }
}

/** Follow the lab until the check has come to a verdict, or is stopped. */
function follow({ lesson, exercise }: CourseExercise, learner: string | undefined, parts: AttemptParts): Running {
  const { id, check } = exercise
  const startedAt = parts.clock.now()
  let state = check.initial
  let verdict = check.verdict(state)
  let over = false
  /** Set while the stream may not hear of it again; `late` where there is something that it has not heard. */
  let quiet: NodeJS.Timeout | undefined
  let late = false

  const now = (): Attempt => ({ exercise: id, startedAt, verdict })
  const tell = () => {
    late = false
    quiet ??= setTimeout(() => {
      quiet = undefined
      if (late) tell()
    }, TOLD_MS).unref()
    parts.broadcast('attempt', { exercise: id, attempt: now() })
  }
  const stop = () => {
    over = true
    unfollow()
    clearTimeout(quiet)
  }
  const take = (evidence: Evidence) => {
    if (over) return
    const next = judged(exercise, state, evidence)
    if (!next) return
    state = next.state
    if (sameVerdict(next.verdict, verdict)) return
    verdict = next.verdict
    if (verdict.status !== 'open') {
      stop()
      tell()
      if (verdict.status === 'passed') parts.note(learner, doneItem(lesson, now()))
    } else if (quiet) late = true
    else tell()
  }
  const unfollow = parts.follow(take)
  return { now, take, stop }
}

/** The state and the verdict after one more piece of evidence; undefined where it changed nothing. */
function judged(
  { id, check }: CourseExercise['exercise'],
  state: unknown,
  evidence: Evidence,
): { state: unknown; verdict: Verdict } | undefined {
  try {
    const next = check.reduce(state, evidence)
    return next === state ? undefined : { state: next, verdict: check.verdict(next) }
  } catch (error) {
    // A fault in a check must not make the request fail that it looks at.
    console.error(`The check of the exercise ${id} failed: ${describeError(error)}`)
    const { goals } = check.verdict(check.initial)
    const broken = { expected: 'a check that works', found: 'a fault in the check of this exercise: please report it' }
    return { state, verdict: { status: 'failed', goals, broken } }
  }
}

/** Rows that wait for the end of their request change the state of a check, and nothing that is told. */
const sameVerdict = (a: Verdict, b: Verdict): boolean => JSON.stringify(a) === JSON.stringify(b)
