'use client'

import { useRef } from 'react'
import { timeOfDay } from '@/app/format'
import { useItem, useNotebook } from '@/app/notebook/notebook-provider'
import { FaultNotice } from '@/app/parts/fault-notice'
import type { Goal, Verdict } from '@/lib/checks/check'
import { doneItem } from '@/lib/checks/done-item'
import type { Exercise } from '@/lib/checks/exercise'
import { CommandForm } from './command-form'
import { Goals } from './goals'
import { Hints } from './hints'
import { marked, phaseOf, spoken, wantsCommand } from './standing'
import { useAttempt } from './use-attempt'

/** What goes on in an exercise: the attempt and its goals as the server sees them reached, and the hints. */
export function ExercisePanel({
  id,
  lesson,
  hints,
  goals,
}: {
  id: string
  lesson: string
  hints: Exercise['hints']
  /** What the server looks for, before it has seen anything. */
  goals: readonly Goal[]
}) {
  const { put, kept: where } = useNotebook()
  const kept = useItem('exercise', id)
  const keep = () => attempt && put(doneItem(lesson, attempt))
  const { attempt, lab, gone, away, busy, fault, start, end, command } = useAttempt(id, () => keep())
  const phase = phaseOf(attempt, kept !== undefined)
  const band = useRef<HTMLDivElement>(null)
  /** What was pressed gives way to something else, and the focus would go with it: it stays in the band. */
  const settle = (act: () => void) => () => {
    if (busy || lab === undefined) return
    act()
    band.current?.focus({ preventScroll: true })
  }
  const startButton = (words: string, look = 'button') => (
    <button
      type="button"
      className={look === 'button' ? 'button min-w-28' : 'button-quiet min-h-11'}
      disabled={lab === undefined}
      aria-disabled={busy}
      onClick={settle(start)}
    >
      {lab === undefined ? 'Connecting…' : busy ? 'Waiting…' : words}
    </button>
  )
  const giveUp = (
    <button type="button" className="button-quiet min-h-11" aria-disabled={busy} onClick={settle(end)}>
      Give up
    </button>
  )

  return (
    <div className="bands" data-testid={`exercise-${id}`} data-phase={phase}>
      <div className="band">
        <h4 className="field-name">What the server looks for</h4>
        <Goals goals={marked(goals, attempt, kept?.seen)} />
        <p className="sr-only" aria-live="polite">
          {spoken(attempt)}
        </p>
      </div>
      <div
        ref={band}
        tabIndex={-1}
        className={`band ${phase === 'passed' || phase === 'done' ? 'bg-verdict' : ''}`}
        data-testid={`exercise-${id}-now`}
      >
        {phase === 'untried' && (
          <>
            {gone && (
              <p className="mb-3 text-stale" role="status">
                What the server had seen is gone: it was started anew, or this was given up in another tab.
              </p>
            )}
            <p className="max-w-[66ch]">
              Start, then do the steps: with the panels of this page, or from a terminal with the name of your lab. What
              came before the start does not count.
            </p>
            <div className="no-print mt-4">{startButton('Start')}</div>
          </>
        )}
        {phase === 'open' && (
          <>
            <p className="max-w-[66ch]">
              {attempt && <span>{`Started at ${timeOfDay(attempt.startedAt)}. `}</span>}
              <span>
                The server follows your lab and ticks off what it sees. You may reload the page in the meantime. If the
                server restarts, start again.
              </span>
            </p>
            {wantsCommand(attempt) && (
              <CommandForm
                busy={busy}
                onCommand={(text) => {
                  put({ id: `command:${id}`, kind: 'command', lesson, text })
                  settle(() => command(text))()
                }}
              />
            )}
            <div className="no-print mt-4">{giveUp}</div>
          </>
        )}
        {phase === 'failed' && attempt && (
          <>
            <Broken broken={attempt.verdict.broken} />
            <div className="no-print mt-4 flex flex-wrap gap-3">
              {startButton('Try again')}
              {giveUp}
            </div>
          </>
        )}
        {phase === 'passed' && (
          <>
            <p className="text-lg font-semibold">Passed.</p>
            <p className="mt-1 max-w-[66ch]">
              {kept
                ? where === 'nowhere'
                  ? 'Not saved: this browser blocks site data. The page keeps it until you close it.'
                  : 'It is kept in your notebook, with what was seen.'
                : 'It is not in your notebook: you reset it, or it could not be written.'}
            </p>
            <div className="no-print mt-4 flex flex-wrap gap-3">
              {!kept && (
                <button type="button" className="button" onClick={keep}>
                  Keep it
                </button>
              )}
              {startButton('Do it again', 'quiet')}
            </div>
          </>
        )}
        {phase === 'done' && kept && (
          <>
            <p className="text-lg font-semibold">{`Done on ${new Date(kept.at).toLocaleDateString('en-GB')}.`}</p>
            <div className="no-print mt-4">{startButton('Do it again', 'quiet')}</div>
          </>
        )}
        {away && !fault && (
          <p className="mt-4 text-sm text-ink-2" role="status">
            The lab’s stream is away. This panel asks the server every second instead.
          </p>
        )}
        {fault && (
          <div className="mt-4">
            <FaultNotice fault={fault} />
          </div>
        )}
      </div>
      <Hints exercise={id} lesson={lesson} hints={hints} />
    </div>
  )
}

/** What broke it, and what was expected in its place. */
function Broken({ broken }: { broken: Verdict['broken'] }) {
  return (
    <div className="border-l-4 border-error bg-sunk px-4 py-3">
      <p className="text-lg font-semibold">Not passed.</p>
      {broken && (
        <dl className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
          <dt className="text-ink-2">Found</dt>
          <dd className="[overflow-wrap:anywhere]">{broken.found}</dd>
          <dt className="text-ink-2">Expected</dt>
          <dd>{broken.expected}</dd>
        </dl>
      )}
    </div>
  )
}
