import { type Asked, askedOf } from '@/app/experiment/asked'
import { lessons } from '@/lessons'
import type { Lesson } from '@/lessons/lesson'

/** What the notebook shows of the lessons, as plain data: the page needs none of their functions for it. */
export interface LessonOutline {
  slug: string
  title: string
  experiments: { id: string; question: string; asked: Asked }[]
  exercises: { id: string; title: string }[]
}

export const outline = (): LessonOutline[] =>
  (lessons as readonly Lesson[]).map(({ slug, title, experiments, exercises }) => ({
    slug,
    title,
    experiments: experiments.map(({ id, question, predict }) => ({ id, question, asked: askedOf(predict) })),
    exercises: exercises.map(({ id, title }) => ({ id, title })),
  }))
