import { Ticked } from '@/app/parts/ticked'
import type { Goal } from '@/lib/checks/check'
import type { GoalMark } from './standing'

/** What the server looks for, and how much of it has been seen. */
export function Goals({ goals }: { goals: readonly { goal: Goal; mark: GoalMark }[] }) {
  return (
    <ol className="mt-3 grid max-w-[72ch] gap-3">
      {goals.map(({ goal, mark }) => (
        <li key={goal.say} className="flex items-start gap-3" data-mark={mark}>
          <Mark mark={mark} />
          <div className="min-w-0">
            <p className={mark === 'ahead' ? 'text-ink-2' : 'font-medium'}>
              <span className="sr-only">
                <span>{SAID[mark]}</span>{' '}
              </span>
              <Ticked text={goal.say} />
            </p>
            {goal.seen && <p className="num mt-0.5 text-[13.5px] text-ink-2 [overflow-wrap:anywhere]">{goal.seen}</p>}
            {mark === 'next' && goal.expects && (
              <p className="mt-0.5 text-sm text-ink-2">
                Waits for <Ticked text={goal.expects} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

const SAID: Record<GoalMark, string> = {
  done: 'Reached:',
  next: 'Next:',
  broken: 'Stopped here:',
  ahead: 'Not yet:',
}

/** A box that is ticked, waits, or is crossed out. The words beside it say the same. */
function Mark({ mark }: { mark: GoalMark }) {
  const colour = { done: 'text-ink', next: 'text-blue', broken: 'text-error', ahead: 'text-ink-2' }[mark]
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" className={`mt-0.5 shrink-0 ${colour}`} aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="16"
        height="16"
        fill={mark === 'done' ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={mark === 'ahead' ? 1 : 2}
      />
      {mark === 'done' && <path d="m4.5 9.2 3.2 3.2 5.8-6.6" fill="none" stroke="var(--panel)" strokeWidth="2.2" />}
      {mark === 'broken' && <path d="m5 5 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="2.2" />}
    </svg>
  )
}
