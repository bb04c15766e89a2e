'use client'

import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { useItem, useNotebook } from '@/app/notebook/notebook-provider'

/** Characters of a conclusion, as the notebook's schema has it. */
const MOST = 500
/** A pause in typing after which it is kept. */
const PAUSE_MS = 500

/** One sentence on what was learned, kept in the notebook as it is written. */
export function Conclusion({ experiment, lesson }: { experiment: string; lesson: string }) {
  const id = `conclusion:${experiment}`
  const kept = useItem('conclusion', experiment)?.text ?? ''
  const { put, drop, kept: where } = useNotebook()
  /** What is typed and not yet kept. */
  const [draft, setDraft] = useState<string>()
  const field = useId()

  const keep = useCallback(
    (text: string) => {
      if (text.trim() === '') drop([id])
      else put({ id, kind: 'conclusion', lesson, experiment, text })
      setDraft(undefined)
    },
    [id, lesson, experiment, put, drop],
  )
  useEffect(() => {
    if (draft === undefined) return
    const timer = setTimeout(() => keep(draft), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft, keep])

  // Whoever leaves in the middle of a sentence finds it again.
  const last = useRef(draft)
  useEffect(() => {
    last.current = draft
  }, [draft])
  useEffect(() => {
    const leave = () => last.current !== undefined && keep(last.current)
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [keep])

  const text = draft ?? kept
  return (
    <div className="band">
      <label htmlFor={field} className="font-semibold">
        Your conclusion, in one sentence
      </label>
      <textarea
        id={field}
        className="written mt-2"
        rows={2}
        maxLength={MOST}
        value={text}
        placeholder="What would you tell somebody who was not here?"
        aria-describedby={`${field}-kept`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => draft !== undefined && keep(draft)}
      />
      <p id={`${field}-kept`} className="mt-1 text-sm text-ink-2" aria-live="polite">
        <span>
          {draft !== undefined
            ? 'Keeping it…'
            : where === 'nowhere'
              ? 'Not saved: this browser blocks site data. The page keeps it until you close it.'
              : text === ''
                ? 'It is kept in your notebook as you write.'
                : where === 'here'
                  ? 'Kept in this browser. The server does not answer at the moment.'
                  : 'Kept in your notebook.'}
        </span>
        {text.length > MOST - 100 && <span>{` ${MOST - text.length} characters left.`}</span>}
      </p>
    </div>
  )
}
