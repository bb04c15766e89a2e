import type { Attempt } from '@/lib/checks/attempt'
import type { Goal } from '@/lib/checks/check'

/** What a page shows of an exercise: the attempt where there is one, else what the notebook says. */
export type Phase = 'untried' | 'open' | 'passed' | 'failed' | 'done'

export const phaseOf = (attempt: Attempt | undefined, done: boolean): Phase =>
  attempt ? attempt.verdict.status : done ? 'done' : 'untried'

/** How a goal is drawn. `next` is what an open attempt waits for, `broken` where a failed one stopped. */
export type GoalMark = 'done' | 'next' | 'broken' | 'ahead'

/**
 * The goals with their marks: those of the attempt; without one those of the notebook, where `kept` is what was seen
 * when it was done; or `initial`, of which nothing is done.
 */
export function marked(
  initial: readonly Goal[],
  attempt: Attempt | undefined,
  kept: readonly string[] | undefined,
): readonly { goal: Goal; mark: GoalMark }[] {
  if (!attempt && kept) return initial.map((goal) => ({ goal: { ...goal, seen: seenOf(goal, kept) }, mark: 'done' }))
  // Of several checks one may have failed: what the others wait for does not come any more.
  const shown = attempt && ({ open: 'next', failed: 'broken', passed: undefined } as const)[attempt.verdict.status]
  return (attempt?.verdict.goals ?? initial).map((goal) => ({
    goal,
    mark: goal.done ? 'done' : shown && goal.mark === shown ? shown : 'ahead',
  }))
}

/** The notebook has each goal and what was seen in one line: see lib/checks/done-item.ts. */
const seenOf = ({ say }: Goal, kept: readonly string[]): string | undefined =>
  kept.find((line) => line.startsWith(`${say}: `))?.slice(say.length + 2)

/** Whether it waits for a command, among other things perhaps. */
export const wantsCommand = (attempt: Attempt | undefined): boolean =>
  attempt?.verdict.status === 'open' && attempt.verdict.goals.some(({ wants, done }) => wants === 'command' && !done)

/** How it stands, for those who hear the page. Empty where nothing has been started. */
export function spoken(attempt: Attempt | undefined): string {
  if (!attempt) return ''
  const { status, goals, broken } = attempt.verdict
  if (status === 'passed') return 'Passed: all goals are reached.'
  if (broken) return `Not passed. ${broken.found}. Expected: ${broken.expected}.`
  const reached = goals.filter(({ done }) => done)
  const last = reached.at(-1)
  if (!last) return 'Started. The server follows your lab.'
  return `${reached.length} of ${goals.length} goals reached: ${last.say}${last.seen ? `, ${last.seen}` : ''}.`
}

/** What became of an attempt between two looks at it. */
export type Turn = 'passed' | 'gone' | undefined

/** An open one that passed is to be kept; one that is no longer there was given up, or its server has gone. */
export function turnOf(before: Attempt | undefined, now: Attempt | undefined): Turn {
  if (before?.verdict.status !== 'open') return undefined
  if (!now) return 'gone'
  return now.verdict.status === 'passed' && now.startedAt === before.startedAt ? 'passed' : undefined
}
