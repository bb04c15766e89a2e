'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useNotebook } from '@/app/notebook/notebook-provider'
import type { CourseQuestion } from './course-questions'
import { QuestionForm } from './question-form'
import { known, openingQuestions } from './schedule'

/** Questions that a lesson opens with. */
const ASKED = 2

/** Chosen once, when the notebook has been read: an answer changes how well a question is known, not what is asked. */
export function RecallQuestions({ questions }: { questions: readonly CourseQuestion[] }) {
  const notebook = useNotebook()
  const [chosen, setChosen] = useState<readonly CourseQuestion[]>()
  if (!chosen && notebook.known) {
    setChosen(openingQuestions(known(questions, notebook.items), Date.now(), ASKED))
  }
  return (
    <section
      className="no-print my-10 min-h-24 border-y border-ink bg-panel px-4 py-6 sm:px-7"
      aria-labelledby="recall"
    >
      <h2 id="recall" className="text-2xl">
        Do you remember?
      </h2>
      {!chosen ? (
        <p className="mt-2 text-ink-2">Looking up what to ask…</p>
      ) : chosen.length === 0 ? (
        <p className="mt-2 text-ink-2">
          You have answered these within the last day. They come back in the <Link href="/review">review</Link>.
        </p>
      ) : (
        <div className="mt-4 grid gap-x-12 gap-y-8 xl:grid-cols-2">
          {chosen.map((question) => (
            <QuestionForm key={question.id} question={question} />
          ))}
        </div>
      )}
    </section>
  )
}
