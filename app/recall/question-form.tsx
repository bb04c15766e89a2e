'use client'

import Link from 'next/link'
import { useEffect, useId, useRef, useState } from 'react'
import { useItem, useNotebook } from '@/app/notebook/notebook-provider'
import { Ticked } from '@/app/parts/ticked'
import type { CourseQuestion } from './course-questions'
import { answered } from './schedule'

/** One question: options, an answer, and why it is so. The answer is noted; it can't be changed. */
export function QuestionForm({ question, onAnswer }: { question: CourseQuestion; onAnswer?: () => void }) {
  const { id, ask, options, answer, why, lesson, number, title } = question
  const { put } = useNotebook()
  const before = useItem('recall', id)
  const [chosen, setChosen] = useState<number>()
  const [given, setGiven] = useState<number>()
  const [fault, setFault] = useState(false)
  const group = useId()
  /** What has the focus is gone with the answer: it goes on to the reason, which is read out by that. */
  const reason = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (given !== undefined) reason.current?.focus({ preventScroll: true })
  }, [given])

  const give = () => {
    if (chosen === undefined) return setFault(true)
    const answers = answered(before?.answers, { at: Date.now(), right: chosen === answer })
    put({ id: `recall:${id}`, kind: 'recall', lesson, question: id, answers })
    setGiven(chosen)
    onAnswer?.()
  }
  return (
    <form
      aria-label={ask}
      data-testid="question"
      data-question={id}
      onSubmit={(event) => {
        event.preventDefault()
        if (given === undefined) give()
      }}
    >
      <fieldset className="min-w-0" disabled={given !== undefined}>
        <legend className="prose max-w-[60ch]">
          <Ticked text={ask} />
        </legend>
        <div className="mt-3 grid max-w-[62ch] gap-2">
          {options.map((option, i) => (
            <label key={option} className="option">
              <input
                type="radio"
                name={group}
                value={i}
                checked={chosen === i}
                onChange={() => {
                  setChosen(i)
                  setFault(false)
                }}
              />
              <span>
                <Ticked text={option} />
                {given !== undefined && i === answer && <strong className="font-semibold"> (right)</strong>}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {given === undefined && (
        <div className="no-print mt-4 flex flex-wrap items-center gap-4">
          <button type="submit" className="button button-blue">
            Answer
          </button>
          <p className="text-error" role="alert">
            {fault && 'Choose one of the answers.'}
          </p>
        </div>
      )}
      <div ref={reason} tabIndex={-1} className="outline-none" data-testid="answer">
        {given !== undefined && (
          <p className="prose mt-4 max-w-[62ch] border-l-4 border-ink bg-verdict px-4 py-3 text-[17px]">
            <strong>{given === answer ? 'Right.' : 'Not quite.'}</strong> <Ticked text={why} />{' '}
            <Link href={`/lessons/${lesson}`} className="font-sans text-[14px]">
              {`Lesson ${number}: ${title}`}
            </Link>
          </p>
        )}
      </div>
    </form>
  )
}
