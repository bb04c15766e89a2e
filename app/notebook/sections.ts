import { inWords, offInWords } from '@/app/experiment/asked'
import type { ItemOf, NotebookItem, NotebookKind } from '@/lib/notebook/items'
import type { LessonOutline } from './outline'

/** A notebook by lesson, as the page and the Markdown export show it. */
export interface Section {
  /** Undefined for what belongs to no lesson, or to one that is no longer there. */
  lesson?: LessonOutline
  title: string
  progress?: ItemOf<'progress'>
  predictions: PredictionRow[]
  runs: ItemOf<'run'>[]
  /** By experiment: the one sentence, and what it is on. Those that were not written yet have no text. */
  conclusions: { id: string; experiment: string; question: string; text: string }[]
  exercises: { id: string; title: string; done?: ItemOf<'exercise'>; hints: number }[]
  commands: ItemOf<'command'>[]
}

export interface PredictionRow {
  id: string
  question: string
  ask: string
  said?: string
  measured?: string
  /** How far off a number was: `25 percentage points too high`. */
  off?: string
  /** Whether a choice was right. */
  right?: boolean
}

const ELSEWHERE = 'Besides the lessons'

/** Sort items into the lessons they are of, in the order of the course, and within each by time. */
export function sectionsOf(items: readonly NotebookItem[], lessons: readonly LessonOutline[]): Section[] {
  const known = new Set(lessons.map(({ slug }) => slug))
  const inOrder = items.toSorted((a, b) => a.at - b.at)
  return [...lessons, undefined].flatMap((lesson) => {
    const own = inOrder.filter((item) =>
      lesson ? item.lesson === lesson.slug : item.lesson === undefined || !known.has(item.lesson),
    )
    const section = sectionOf(own, lesson)
    return isEmpty(section) ? [] : [section]
  })
}

function sectionOf(own: readonly NotebookItem[], lesson: LessonOutline | undefined): Section {
  const of = <Kind extends NotebookKind>(kind: Kind) =>
    own.filter((item): item is NotebookItem & ItemOf<Kind> => item.kind === kind) as ItemOf<Kind>[]
  const experiment = (id: string) => lesson?.experiments.find((each) => each.id === id)
  const exercise = (id: string) => lesson?.exercises.find((each) => each.id === id)
  const predictions = of('prediction')
  const conclusions = of('conclusion')
  const questionOf = (id: string) =>
    experiment(id)?.question ?? predictions.find((item) => item.experiment === id)?.ask ?? id
  const concluded = new Set(conclusions.map((each) => each.experiment))
  const done = new Map(of('exercise').map((item) => [item.exercise, item]))
  const hints = new Map(of('hints').map((item) => [item.exercise, item.used]))
  return {
    lesson,
    title: lesson?.title ?? ELSEWHERE,
    progress: of('progress').at(-1),
    predictions: predictions.map((item) => predictionRow(item, experiment(item.experiment))),
    runs: of('run'),
    conclusions: [
      ...conclusions.map(({ id, text, ...item }) => ({ id, text, experiment: item.experiment })),
      ...[...new Set(predictions.filter(({ measured }) => measured !== undefined).map((item) => item.experiment))]
        .filter((id) => lesson && !concluded.has(id))
        .map((id) => ({ id: `conclusion:${id}`, text: '', experiment: id })),
    ].map((each) => ({ ...each, question: questionOf(each.experiment) })),
    exercises: [...new Set([...done.keys(), ...hints.keys()])].map((id) => ({
      id,
      title: exercise(id)?.title ?? id,
      done: done.get(id),
      hints: hints.get(id) ?? 0,
    })),
    commands: of('command'),
  }
}

const isEmpty = ({ progress, predictions, runs, conclusions, exercises, commands }: Section) =>
  !progress && [predictions, runs, conclusions, exercises, commands].every(({ length }) => length === 0)

function predictionRow(
  { id, ask, unit, said, measured }: ItemOf<'prediction'>,
  known: LessonOutline['experiments'][number] | undefined,
): PredictionRow {
  const asked = known?.asked
  const words = (value: number | string | undefined) =>
    value === undefined ? undefined : asked ? inWords(asked, value) : unit ? `${value}\u202f${unit}` : String(value)
  const both = said !== undefined && measured !== undefined
  return {
    id,
    ask,
    question: known?.question ?? ask,
    said: words(said),
    measured: words(measured),
    ...(asked?.kind === 'number' && typeof said === 'number' && typeof measured === 'number'
      ? { off: offInWords(asked, said, measured) }
      : {}),
    ...(asked?.kind === 'choice' && both ? { right: said === measured } : {}),
  }
}
