import { lessons, questions } from '@/lessons'
import type { Question } from '@/lessons/lesson'

/** A question of the course as pages ask it: with its lesson, and the number and title of that. */
export type CourseQuestion = Question & { lesson: string; number: number; title: string }

/** All questions, in the order of the course. */
export const courseQuestions = (): CourseQuestion[] =>
  questions.map(({ lesson, question }) => {
    const at = lessons.findIndex(({ slug }) => slug === lesson)
    return { ...question, lesson, number: at + 1, title: lessons[at]?.title ?? lesson }
  })

/** Those of the lessons before one. */
export function questionsBefore(slug: string): CourseQuestion[] {
  const at = lessons.findIndex((lesson) => lesson.slug === slug)
  return courseQuestions().filter(({ number }) => number <= at)
}
