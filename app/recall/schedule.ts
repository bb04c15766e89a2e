import type { ItemOf, NotebookItem } from '@/lib/notebook/items'

/** When questions come back. All times are epoch milliseconds; the present one is passed in. */

const DAY_MS = 86_400_000
/** A question comes back after so many days: once more after each right answer, from the start after a wrong one. */
export const DAYS = [1, 3, 7] as const

/** A question, as far as it matters when it is asked. */
export interface Asked {
  id: string
  lesson: string
}

/** How well a question is known. */
export interface Known<Q extends Asked = Asked> {
  question: Q
  /** The lesson it is from was opened. */
  begun: boolean
  /** Right answers in a row that came when they were due, 0 to 3. */
  step: number
  /** When it was asked last; undefined where it never was. */
  asked?: number
  /** When it is to come back: undefined where its lesson was not opened, or it is known for good. */
  due?: number
}

type Items = Readonly<Record<string, NotebookItem>>
const itemOf = <Kind extends NotebookItem['kind']>(items: Items, kind: Kind, of: string): ItemOf<Kind> | undefined => {
  const item: NotebookItem | undefined = items[`${kind}:${of}`]
  return item?.kind === kind ? (item as ItemOf<Kind>) : undefined
}

/**
 * How well each question is known. A right answer that comes before it is due says little of what is remembered, so it
 * changes nothing; a wrong one always counts.
 */
export function known<Q extends Asked>(questions: readonly Q[], items: Items): Known<Q>[] {
  return questions.map((question) => {
    const progress = itemOf(items, 'progress', question.lesson)
    const answers = itemOf(items, 'recall', question.id)?.answers ?? []
    const begunAt = progress && (progress.begun ?? progress.at)
    let step = 0
    let from = begunAt ?? answers[0]?.at
    for (const { at, right } of answers) {
      const days = DAYS[step]
      if (right && (days === undefined || at < (from ?? at) + days * DAY_MS)) continue
      step = right ? step + 1 : 0
      from = at
    }
    const days = DAYS[step]
    return {
      question,
      begun: progress !== undefined,
      step,
      asked: answers.at(-1)?.at,
      due: begunAt === undefined || days === undefined ? undefined : (from ?? begunAt) + days * DAY_MS,
    }
  })
}

/** The questions to ask now, the one that waits longest first. */
export function dueNow<Q extends Asked>(all: readonly Known<Q>[], now: number): Q[] {
  return all
    .filter(({ due }) => due !== undefined && due <= now)
    .toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0))
    .map(({ question }) => question)
}

/** When the next question comes back, if one will. */
export function nextDue(all: readonly Known[], now: number): number | undefined {
  const waiting = all.flatMap(({ due }) => (due !== undefined && due > now ? [due] : []))
  return waiting.length > 0 ? Math.min(...waiting) : undefined
}

/**
 * The questions that a lesson opens with, of those from earlier lessons: from lessons that were opened before others,
 * then the least well known, then the longest not asked. None that was answered within the last day.
 */
export function openingQuestions<Q extends Asked>(all: readonly Known<Q>[], now: number, count: number): Q[] {
  return all
    .filter(({ asked }) => asked === undefined || asked <= now - DAY_MS)
    .toSorted((a, b) => Number(b.begun) - Number(a.begun) || a.step - b.step || (a.asked ?? 0) - (b.asked ?? 0))
    .slice(0, count)
    .map(({ question }) => question)
}

/** Answers that an item holds at most, as its schema says. */
const ANSWERS = 20

/** The answers with one more. */
export const answered = (
  before: ItemOf<'recall'>['answers'] | undefined,
  answer: { at: number; right: boolean },
): ItemOf<'recall'>['answers'] => [...(before ?? []), answer].slice(-ANSWERS)
