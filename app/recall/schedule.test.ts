import { describe, expect, it } from 'vitest'
import { type NotebookItem, recallItem } from '@/lib/notebook/items'
import { answered, dueNow, known, nextDue, openingQuestions } from './schedule'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0, 1, 12)

const QUESTIONS = [
  { id: 'a1', lesson: 'a' },
  { id: 'a2', lesson: 'a' },
  { id: 'b1', lesson: 'b' },
  { id: 'b2', lesson: 'b' },
]
const begun = (lesson: string, at = START): NotebookItem => ({
  id: `progress:${lesson}`,
  kind: 'progress',
  at: at + 5 * DAY,
  lesson,
  reading: 'begun',
  begun: at,
})
/** Answers by hours after the start: right where positive, wrong where negative. */
const recall = (question: string, ...hours: number[]): NotebookItem => ({
  id: `recall:${question}`,
  kind: 'recall',
  at: START,
  lesson: question[0] ?? '',
  question,
  answers: hours.map((hour) => ({ at: START + Math.abs(hour) * HOUR, right: hour > 0 })),
})
const notebook = (...items: NotebookItem[]) => Object.fromEntries(items.map((item) => [item.id, item]))
const all = (...items: NotebookItem[]) => known(QUESTIONS, notebook(...items))
const ids = (questions: { id: string }[]) => questions.map(({ id }) => id)
const dueAfterHours = (...items: NotebookItem[]) => {
  const [first] = all(...items)
  return first?.due === undefined ? undefined : (first.due - START) / HOUR
}

describe('when a question comes back', () => {
  it('never, while its lesson was not opened', () => {
    expect(dueAfterHours()).toBeUndefined()
    expect(dueAfterHours(begun('b'), recall('a1', -2))).toBeUndefined()
  })
  it('a day after its lesson was opened, however often it was read since', () => {
    expect(dueAfterHours(begun('a'))).toBe(24)
  })
  it('after 1, 3 and 7 days, and then it is known', () => {
    expect(dueAfterHours(begun('a'), recall('a1', 24))).toBe(24 + 3 * 24)
    expect(dueAfterHours(begun('a'), recall('a1', 24, 96))).toBe(96 + 7 * 24)
    expect(dueAfterHours(begun('a'), recall('a1', 24, 96, 264))).toBeUndefined()
  })
  it('a day after a wrong answer, whatever came before', () => {
    expect(dueAfterHours(begun('a'), recall('a1', -3))).toBe(27)
    expect(dueAfterHours(begun('a'), recall('a1', 24, 96, -264))).toBe(264 + 24)
    expect(dueAfterHours(begun('a'), recall('a1', 24, 96, 264, -400))).toBe(400 + 24)
    expect(dueAfterHours(begun('a'), recall('a1', 24, -96, 120))).toBe(120 + 3 * 24)
  })
  it('no later for a right answer that came too early', () => {
    expect(dueAfterHours(begun('a'), recall('a1', 1, 2, 3))).toBe(24)
    expect(dueAfterHours(begun('a'), recall('a1', 24, 30))).toBe(96)
  })
  it('counts an answer at the very moment', () => {
    expect(dueNow(all(begun('a')), START + DAY - 1)).toEqual([])
    expect(ids(dueNow(all(begun('a')), START + DAY))).toEqual(['a1', 'a2'])
  })
})

it('asks first what has waited longest, and says when the next is due', () => {
  const state = all(begun('a'), begun('b', START - DAY), recall('a1', -2))
  expect(ids(dueNow(state, START + DAY))).toEqual(['b1', 'b2', 'a2'])
  expect(nextDue(state, START + DAY)).toBe(START + 26 * HOUR)
  expect(nextDue(all(), START)).toBeUndefined()
})

describe('the questions that a lesson opens with', () => {
  const opening = (now: number, ...items: NotebookItem[]) => ids(openingQuestions(all(...items), now, 2))
  it('are of lessons that were opened, when there are such', () => {
    expect(opening(START, begun('b'))).toEqual(['b1', 'b2'])
    expect(opening(START)).toEqual(['a1', 'a2'])
  })
  it('are the least well known, then those longest not asked', () => {
    const later = START + 40 * DAY
    const items = [begun('a'), begun('b'), recall('a1', 24, 96), recall('a2', 30), recall('b1', 26), recall('b2', -25)]
    expect(opening(later, ...items)).toEqual(['b2', 'b1'])
  })
  it('are none that were answered within a day', () => {
    expect(opening(START + 3 * HOUR, begun('a'), begun('b'), recall('a1', 2), recall('a2', -2))).toEqual(['b1', 'b2'])
    expect(opening(START + 30 * HOUR, begun('a'), recall('a1', 2), recall('b1', 2))).toContain('a2')
  })
})

it('keeps as many answers as an item may hold, the newest', () => {
  const many = Array.from({ length: 20 }, (_, at) => ({ at, right: true }))
  const answers = answered(many, { at: 20, right: false })
  expect(answers.at(-1)).toEqual({ at: 20, right: false })
  expect(
    recallItem.safeParse({ id: 'recall:x', kind: 'recall', at: 0, lesson: 'a', question: 'x', answers }).success,
  ).toBe(true)
  expect(answered(undefined, { at: 1, right: true })).toEqual([{ at: 1, right: true }])
})
