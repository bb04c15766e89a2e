import type { Lesson } from './lesson'
import { sameValue } from './same-value-for-ten-seconds/lesson'

/** The lessons, in the order in which they are read. To add one: its folder, and its line here. */
export const lessons = [sameValue] as const satisfies readonly Lesson[]

export type LessonSlug = (typeof lessons)[number]['slug']

export const lessonBySlug = (slug: string): Lesson<LessonSlug> | undefined =>
  lessons.find((lesson) => lesson.slug === slug)
