'use client'

import { useState } from 'react'
import { SelectField } from '@/app/parts/controls'
import { useEarlyInput } from '@/app/parts/use-early-input'
import { useNotebook } from './notebook-provider'
import type { LessonOutline } from './outline'

/** Characters of a command, as the notebook's schema has it. */
const MOST = 1_000
const NO_LESSON = ''

const textIn = (input: HTMLInputElement) => input.value

/** Records a command that was run in a terminal, or a setting that was tuned. */
export function RecordCommand({ lessons }: { lessons: readonly LessonOutline[] }) {
  const { put, known } = useNotebook()
  const [text, setText] = useState('')
  const [lesson, setLesson] = useState(NO_LESSON)
  const input = useEarlyInput<HTMLInputElement>(text, textIn, setText)
  return (
    <section className="no-print mt-12" aria-labelledby="record">
      <h2 id="record" className="text-2xl">
        Record a command
      </h2>
      <p className="mt-1 max-w-[66ch] text-ink-2">
        One that you ran in a terminal, or a setting that you tuned, so that you can run it again.
      </p>
      <form
        className="mt-4 flex flex-wrap items-end gap-x-6 gap-y-4"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          const command = text.trim()
          if (command === '') return
          put({
            id: `command:${newId()}`,
            kind: 'command',
            text: command,
            ...(lesson === NO_LESSON ? {} : { lesson }),
          })
          setText('')
        }}
      >
        <label className="block min-w-0 flex-1 basis-80">
          <span className="field-name mb-1">Command</span>
          <input
            ref={input}
            className="input w-full"
            value={text}
            maxLength={MOST}
            required
            spellCheck={false}
            placeholder="hey -n 1000 -c 50 …"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <SelectField
          name="Lesson"
          options={[
            { id: NO_LESSON, label: 'none' },
            ...lessons.map(({ slug, title }) => ({ id: slug, label: title })),
          ]}
          value={lesson}
          onChange={setLesson}
        />
        <button type="submit" className="button min-h-[38px]" disabled={!known}>
          Record
        </button>
      </form>
    </section>
  )
}

/** 64 random bits. `randomUUID` is not there where the page came over plain HTTP from another machine. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
