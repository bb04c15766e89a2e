'use client'

import { type ReactNode, useId, useRef } from 'react'
import { plural } from '@/app/format'
import { useNotebook } from './notebook-provider'

/** Resets one lesson, or all of the notebook, after asking. */
export function ResetButton({ lesson, children }: { lesson?: { slug: string; title: string }; children?: ReactNode }) {
  const { items, clear } = useNotebook()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const all = Object.values(items)
  const concerned = lesson ? all.filter((item) => item.lesson === lesson.slug) : all
  return (
    <>
      <button
        type="button"
        className="button-quiet no-print"
        disabled={concerned.length === 0}
        onClick={() => dialog.current?.showModal()}
      >
        {children ?? 'Reset this lesson'}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={title}>
        <h2 id={title} className="text-2xl">
          {lesson ? `Reset “${lesson.title}”?` : 'Reset the whole notebook?'}
        </h2>
        <p className="mt-3">
          <span>{plural(concerned.length, 'item')}</span> will be deleted, in this browser and on the server:
          predictions, runs, conclusions, exercises, hints, commands, answers and how far{' '}
          <span>{lesson ? 'it was' : 'each lesson was'}</span> read. This cannot be undone. Export the notebook first if
          you want to keep it.
        </p>
        <form method="dialog" className="mt-6 flex flex-wrap justify-end gap-3">
          {/* The first control has the focus when the dialog opens: the one that does no harm. */}
          <button type="submit" className="button-quiet min-h-11">
            Keep everything
          </button>
          <button type="submit" className="button button-danger" onClick={() => clear(lesson?.slug)}>
            {lesson ? 'Reset the lesson' : 'Reset everything'}
          </button>
        </form>
      </dialog>
    </>
  )
}
