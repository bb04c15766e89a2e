'use client'

import { useId, useState } from 'react'

/** Characters of a command, as the notebook's schema has it. */
const MOST = 1_000

/** Takes a command that the reader ran elsewhere. */
export function CommandForm({ busy, onCommand }: { busy: boolean; onCommand: (text: string) => void }) {
  const [text, setText] = useState('')
  const [empty, setEmpty] = useState(false)
  const field = useId()
  return (
    <form
      noValidate
      autoComplete="off"
      className="mt-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (busy) return
        const given = text.trim()
        setEmpty(given === '')
        if (given === '') event.currentTarget.querySelector('input')?.focus()
        else onCommand(given)
      }}
    >
      <label htmlFor={field} className="field-name">
        A command that you ran. It is read, never run, and kept in your notebook.
      </label>
      <div className="mt-1 flex flex-wrap gap-3">
        <input
          id={field}
          className="input h-11 min-w-0 flex-1 basis-72"
          value={text}
          maxLength={MOST}
          spellCheck={false}
          autoCapitalize="off"
          aria-invalid={empty || undefined}
          aria-describedby={`${field}-fault`}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button" aria-disabled={busy}>
          {busy ? 'Recording…' : 'Record it'}
        </button>
      </div>
      <p id={`${field}-fault`} role="alert" className="text-error">
        {empty && <span className="mt-2 block">Paste the line that you typed in the terminal.</span>}
      </p>
    </form>
  )
}
