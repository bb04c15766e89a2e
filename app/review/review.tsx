'use client'

import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { useNotebook } from '@/app/notebook/notebook-provider'
import type { CourseQuestion } from '@/app/recall/course-questions'
import { QuestionForm } from '@/app/recall/question-form'
import { dueNow, known, nextDue } from '@/app/recall/schedule'
import { useMinute } from '@/app/recall/use-minute'

/** The questions that are due, one after the other. */
export function Review({ questions }: { questions: readonly CourseQuestion[] }) {
  const notebook = useNotebook()
  const minute = useMinute()
  const standing = known(questions, notebook.items)
  /** The question that is asked: it stays after its answer, until the reader goes on. */
  const [asked, setAsked] = useState<CourseQuestion>()
  const [answers, setAnswers] = useState(0)
  const [isAnswered, setIsAnswered] = useState(false)
  const sheet = useRef<HTMLElement>(null)
  const goesOn = useRef(false)
  useEffect(() => {
    // The button that was pressed is gone, and the focus with it.
    if (goesOn.current) sheet.current?.focus()
    goesOn.current = false
  })

  if (!notebook.known || minute === 0) return <p className="sheet band mt-8 text-ink-2">Looking up what is due…</p>
  const due = dueNow(standing, Date.now())
  const question = asked ?? due[0]
  if (question && !asked) setAsked(question)
  const left = due.filter(({ id }) => id !== question?.id)
  return (
    <section ref={sheet} tabIndex={-1} className="sheet mt-8 outline-none" aria-label="Questions that are due">
      {question ? (
        <>
          <p className="band eyebrow py-4!" data-testid="review-left">
            {answers > 0 && <span>{`${answers} answered · `}</span>}
            <span>{left.length === 0 ? 'the last one for now' : `${left.length} more after this`}</span>
          </p>
          <div className="band">
            <QuestionForm
              key={question.id}
              question={question}
              onAnswer={() => {
                setAnswers(answers + 1)
                setIsAnswered(true)
              }}
            />
            {isAnswered && (
              <button
                type="button"
                className="button mt-5"
                onClick={() => {
                  setAsked(undefined)
                  setIsAnswered(false)
                  goesOn.current = true
                }}
              >
                {left.length > 0 ? 'Next question' : 'Done'}
              </button>
            )}
          </div>
        </>
      ) : (
        <Nothing
          answers={answers}
          next={nextDue(standing, Date.now())}
          now={minute}
          begun={standing.some((each) => each.begun)}
        />
      )}
    </section>
  )
}

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** Nothing is due: when the next will be, or how to get one. */
function Nothing({
  answers,
  next,
  now,
  begun,
}: {
  answers: number
  next: number | undefined
  now: number
  begun: boolean
}) {
  return (
    <div className="band" data-testid="review-empty">
      <h2 className="text-2xl">{answers > 0 ? 'That is all for now' : 'Nothing is due'}</h2>
      <p className="prose mt-2 max-w-[60ch] text-[17.5px]">
        {next !== undefined ? (
          `The next question comes back ${when(next, now)}.`
        ) : begun ? (
          'You know every question of the lessons that you have begun.'
        ) : (
          <span>
            The questions of a lesson come back a day after you opened it. <Link href="/lessons">To the lessons</Link>
          </span>
        )}
      </p>
    </div>
  )
}

/** A moment to come, as a person says it: `today at 14:05`, `on Friday 27 November at 09:10`. */
function when(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  return `${isToday ? 'today' : `on ${day.format(at)}`} at ${time.format(at)}`
}
