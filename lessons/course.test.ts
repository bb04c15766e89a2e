import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exercises, lessons, questions } from '.'
import { headingsOf } from './headings'
import type { Lesson } from './lesson'
import { readLesson } from './mdx'

/** The practice card of the lesson that this course comes from: 55 minutes, and 30 more for those who have them. */
const LESSONS = 10
const MINUTES = { core: 55, optional: 30 }

/** Ids that every lesson's page has. */
const OF_EVERY_LESSON = ['main', 'recall', 'remember']

const course: readonly Lesson[] = lessons
const twice = (ids: readonly string[]) => ids.filter((id, i) => ids.indexOf(id) !== i)
const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)

describe('the course', () => {
  it('has each folder with a lesson in its registry, and each lesson in a folder', () => {
    const folders = readdirSync('lessons', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(`lessons/${entry.name}/lesson.ts`))
      .map(({ name }) => name)
    expect(course.map(({ slug }) => slug).toSorted()).toEqual(folders.toSorted())
    for (const folder of folders) expect(existsSync(`lessons/${folder}/lesson.mdx`), folder).toBe(true)
  })

  it('has no id twice', () => {
    expect(twice(course.flatMap(({ experiments }) => experiments.map(({ id }) => id)))).toEqual([])
    expect(twice(exercises.map(({ exercise }) => exercise.id))).toEqual([])
    expect(twice(questions.map(({ question }) => question.id))).toEqual([])
  })

  it('takes as long as it says, once it is whole', () => {
    const first = course.filter(({ further }) => !further)
    expect(first).toHaveLength(LESSONS)
    expect(first, 'what goes further comes after it').toEqual(course.slice(0, LESSONS))
    expect(sum(first.map(({ minutes }) => minutes.core))).toBe(MINUTES.core)
    expect(sum(first.map(({ minutes }) => minutes.optional))).toBe(MINUTES.optional)
  })

  it('asks questions that have the answer among their options', () => {
    for (const { question } of questions) expect(question.options[question.answer], question.id).toBeDefined()
  })
})

describe.each(course)('$slug', ({ slug, experiments, exercises }) => {
  const text = readLesson(slug)

  it('shows each of its experiments and exercises once, and no other', () => {
    expect(text.idsOf('Experiment').toSorted()).toEqual(experiments.map(({ id }) => id).toSorted())
    expect(text.idsOf('Exercise').toSorted()).toEqual(exercises.map(({ id }) => id).toSorted())
  })

  it('has its experiments in the order of its text', () => {
    expect(text.idsOf('Experiment')).toEqual(experiments.map(({ id }) => id))
  })

  it('has no id of its page twice', () => {
    const headings = headingsOf(readFileSync(`lessons/${slug}/lesson.mdx`, 'utf8'), slug).map(({ id }) => id)
    const exercised = exercises.map(({ id }) => `exercise-${id}`)
    expect(twice([...headings, ...experiments.map(({ id }) => id), ...exercised, ...OF_EVERY_LESSON])).toEqual([])
  })

  it('has a test where it claims something', () => {
    if (text.claims.length > 0) expect(existsSync(`lessons/${slug}/lesson.test.ts`)).toBe(true)
  })
})
