import { lessons } from '@/lessons'
import type { Lesson } from '@/lessons/lesson'

/** What the notebook shows of the lessons, as plain data: no page needs their experiments’ functions for it. */
export interface LessonOutline {
  slug: string
  title: string
  experiments: {
    id: string
    question: string
    /** The options of a choice, by id. */
    labels: Readonly<Record<string, string>>
  }[]
  exercises: { id: string; title: string }[]
}

export const outline = (): LessonOutline[] =>
  (lessons as readonly Lesson[]).map(({ slug, title, experiments, exercises }) => ({
    slug,
    title,
    experiments: experiments.map(({ id, question, predict }) => ({
      id,
      question,
      labels:
        predict.kind === 'choice' ? Object.fromEntries(predict.options.map((option) => [option.id, option.label])) : {},
    })),
    exercises: exercises.map(({ id, title }) => ({ id, title })),
  }))
