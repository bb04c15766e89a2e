'use client'

import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useExperiment, usePredictFirst } from '@/app/experiment/experiment-context'
import { Ticked } from '@/app/parts/ticked'
import { type OrderingStep, orderingById } from '@/lessons/orderings'
import { seeded } from '@/lib/runs/random'
import { firstWrong, isOrderOf, moved, shuffled } from './ordering'
import { useKept } from './use-kept'

/** The same shuffle for everybody, so that a class can talk about it. */
const SEED = 4

interface Kept {
  order: readonly string[]
  solved: boolean
}
const nothing: Kept = { order: [], solved: false }

/**
 * A procedure to be put in order. A step is moved by its two buttons; or it is taken, with a click or the space bar, and
 * put elsewhere with another click or the arrow keys. Tells the experiment around it the figure `solved`, 1.
 */
export function OrderSteps({ id }: { id: string }) {
  const { title, steps } = orderingById(id)
  const right = useMemo(() => orderingById(id).steps.map((step) => step.id), [id])
  const start = useMemo(() => shuffled(right, seeded(SEED, 'keys')), [right])
  const titleId = useId()
  const helpId = useId()
  const experiment = useExperiment()
  const predictFirst = usePredictFirst()
  const { value: kept, change } = useKept(`hitrate:ordering:${id}`, nothing)
  const order = isOrderOf(kept.order, right) ? kept.order : start
  const [active, setActive] = useState<string>()
  const [taken, setTaken] = useState<string>()
  /** The order that was checked last; what is said of it holds until it is changed. */
  const [checked, setChecked] = useState<readonly string[]>()
  const [said, setSaid] = useState('')
  const rows = useRef(new Map<string, HTMLButtonElement>())

  /** What had the focus when its step was moved: an element that changes its place in the page loses it. */
  const focused = useRef<Element>(null)
  useLayoutEffect(() => {
    const element = focused.current
    focused.current = null
    if (!(element instanceof HTMLElement) || order.length === 0) return
    const target = element.matches(':disabled') && active !== undefined ? rows.current.get(active) : element
    if (target !== document.activeElement) target?.focus()
  }, [order, active])

  const textOf = (step: string) => steps.find((each) => each.id === step)?.text ?? ''
  const focusable = active ?? order[0]
  const wrong = checked === order ? firstWrong(checked, right) : undefined
  const solved = kept.solved && firstWrong(order, right) === undefined

  const move = (step: string, to: number) => {
    const next = moved(order, step, to)
    setSaid(`${textOf(step)} Place ${next.indexOf(step) + 1} of ${next.length}.`)
    setActive(step)
    focused.current = document.activeElement
    if (next !== order) change(() => ({ order: next, solved: false }))
  }
  const take = (step: string, place: number) => {
    setActive(step)
    if (taken !== undefined && taken !== step) {
      move(taken, place)
      setTaken(undefined)
      return
    }
    setTaken(taken === step ? undefined : step)
    setSaid(taken === step ? 'Put down.' : 'Taken. The arrow keys move it, or click where it belongs.')
  }
  const focus = (step: string | undefined) => {
    if (step === undefined) return
    setActive(step)
    rows.current.get(step)?.focus()
  }
  const onKey = (event: KeyboardEvent, step: string, place: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const end = { Home: 0, End: order.length - 1 }[event.key]
    if (event.key === 'Escape') setTaken(undefined)
    const to = by === undefined ? end : place + by
    if (to === undefined) return
    event.preventDefault()
    if (taken === step) move(step, to)
    else focus(order[to])
  }
  const check = () => {
    if (predictFirst) return predictFirst()
    setTaken(undefined)
    setChecked(order)
    if (firstWrong(order, right)) return
    change(() => ({ order, solved: true }))
    experiment?.sawFigure('solved', 1)
  }
  const reset = () => {
    change(() => ({ order: start, solved: false }))
    setChecked(undefined)
    setTaken(undefined)
    setSaid('Back at the beginning.')
  }

  return (
    <section className={experiment ? 'bands' : 'sheet my-10'} aria-labelledby={titleId} data-testid={`ordering-${id}`}>
      <div className="band">
        <p className="eyebrow">Put the steps in order</p>
        <h3 id={titleId} className="mt-1 text-[22px]">
          {title}
        </h3>
        <p id={helpId} className="mt-1 text-sm text-ink-2">
          Move a step by its buttons. Or take one, by a click or the space bar, and click where it belongs or use the
          arrow keys.
        </p>
        <ol className="mt-4 border-t border-line" aria-describedby={helpId}>
          {order.map((step, place) => (
            <li
              key={step}
              className={`flex items-stretch gap-1 border-b border-line ${wrong?.id === step ? 'shadow-[inset_4px_0_var(--error)]' : taken === step ? 'bg-blue-wash shadow-[inset_4px_0_var(--blue)]' : ''}`}
            >
              <button
                ref={(element) => {
                  if (element) rows.current.set(step, element)
                  else rows.current.delete(step)
                }}
                type="button"
                className="flex min-h-12 min-w-0 flex-1 items-baseline gap-4 px-4 py-3 text-left"
                aria-pressed={taken === step}
                tabIndex={step === focusable ? 0 : -1}
                onFocus={() => setActive(step)}
                onClick={() => take(step, place)}
                onKeyDown={(event) => onKey(event, step, place)}
              >
                <span className="num text-ink-2">{place + 1}</span>
                <span className="text-[16px]">
                  <Ticked text={textOf(step)} />
                </span>
              </button>
              {MOVES.map(({ by, sign, word }) => (
                <button
                  key={word}
                  type="button"
                  className="min-w-11 border-l border-line text-lg hover:bg-blue-wash disabled:text-line"
                  aria-label={`Move ${word}: ${textOf(step)}`}
                  tabIndex={step === focusable ? 0 : -1}
                  disabled={order[place + by] === undefined}
                  onClick={() => move(step, place + by)}
                >
                  {sign}
                </button>
              ))}
            </li>
          ))}
        </ol>
        <p className="sr-only" aria-live="polite">
          {said}
        </p>
        <div className="mt-4 flex flex-wrap gap-3">
          <button type="button" className="button min-w-28" onClick={check}>
            {predictFirst ? 'Predict first' : 'Check'}
          </button>
          <button type="button" className="button-quiet min-h-11" onClick={reset}>
            Begin again
          </button>
        </div>
        <p className="mt-4 max-w-[66ch] not-empty:border-l-4 not-empty:px-4 not-empty:py-1" role="status">
          {solved ? (
            <b className="font-semibold">That is the order.</b>
          ) : (
            wrong && (
              <>
                <b className="font-semibold">
                  <span>{`Step ${wrong.place + 1} is out of place: “`}</span>
                  <Ticked text={textOf(wrong.id)} />”
                </b>{' '}
                <Ticked text={steps.find((step) => step.id === wrong.id)?.why ?? ''} />
              </>
            )
          )}
        </p>
      </div>
      <Solution steps={steps} open={solved} />
    </section>
  )
}

const MOVES = [
  { by: -1, sign: '↑', word: 'up' },
  { by: 1, sign: '↓', word: 'down' },
] as const

/** The right order with its reasons, on demand; open once the reader has found it. */
function Solution({ steps, open }: { steps: readonly OrderingStep[]; open: boolean }) {
  return (
    <details className="band" open={open}>
      <summary className="w-fit py-1 text-sm text-blue underline underline-offset-3">
        {open ? 'Why in this order' : 'Show the right order'}
      </summary>
      <ol className="mt-3 grid list-decimal gap-2 pl-6">
        {steps.map(({ id, text, why }) => (
          <li key={id}>
            <b className="font-semibold">
              <Ticked text={text} />
            </b>{' '}
            <span className="text-ink-2">
              <Ticked text={why} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
