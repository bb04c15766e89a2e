import { cacheForEverybody } from './a-cache-for-everybody/lesson'
import { beforeAfter } from './before-and-after/lesson'
import { fixTheQuery } from './fix-the-query-first/lesson'
import { howLong } from './how-long-is-fresh/lesson'
import { httpCacheHeaders } from './http-cache-headers/lesson'
import { inThisProcess } from './in-this-process-only/lesson'
import type { ExperimentDefinition, Lesson, Question } from './lesson'
import { measureHonestly } from './measure-honestly/lesson'
import { oneProcess } from './one-process/lesson'
import { redisShared } from './redis-shared-by-all/lesson'
import { sameValue } from './same-value-for-ten-seconds/lesson'
import { whatTheKeyLeavesOut } from './what-the-key-leaves-out/lesson'
import { whenItChanges } from './when-the-value-changes/lesson'
import { words } from './words-to-think-with/lesson'

/** The lessons, in the order in which they are read. To add one: its folder, and its line here. */
export const lessons = [
  sameValue,
  words,
  httpCacheHeaders,
  inThisProcess,
  redisShared,
  howLong,
  fixTheQuery,
  oneProcess,
  measureHonestly,
  beforeAfter,
  cacheForEverybody,
  whatTheKeyLeavesOut,
  whenItChanges,
] as const satisfies readonly Lesson[]

export type LessonSlug = (typeof lessons)[number]['slug']

export const lessonBySlug = (slug: string): Lesson<LessonSlug> | undefined =>
  lessons.find((lesson) => lesson.slug === slug)

/** An experiment, its number within its lesson (from 1) and the lesson's slug. Throws where there is none. */
export function experimentById(id: string): { definition: ExperimentDefinition; number: number; lesson: string } {
  for (const { slug, experiments } of lessons as readonly Lesson[]) {
    const at = experiments.findIndex((experiment) => experiment.id === id)
    const definition = experiments[at]
    if (definition) return { definition, number: at + 1, lesson: slug }
  }
  throw new Error(`No lesson defines the experiment ${id}`)
}

/** Every exercise of the course with the slug of its lesson, in the order in which they are met. */
export const exercises = (lessons as readonly Lesson[]).flatMap((lesson) =>
  lesson.exercises.map((exercise) => ({ lesson: lesson.slug, exercise })),
)

/** Every question of the course with the slug of its lesson, in the order in which they are met. */
export const questions: readonly { lesson: string; question: Question }[] = (lessons as readonly Lesson[]).flatMap(
  (lesson) => lesson.recall.map((question) => ({ lesson: lesson.slug, question })),
)
