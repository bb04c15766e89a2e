'use client'

import { useId } from 'react'
import { useEarlyInput } from './use-early-input'

const textIn = (element: HTMLTextAreaElement) => element.value

/** A text of several lines, in the letters of code. It is kept as typed: what it may be is said below it. */
export function LinesField({
  name,
  value,
  onChange,
  rows = 2,
  maxLength,
  placeholder,
  wrong,
  children,
}: {
  name: string
  value: string
  onChange: (text: string) => void
  rows?: number
  maxLength?: number
  placeholder?: string
  wrong?: boolean
  /** What is to be known of it, or what is wrong with it. */
  children?: React.ReactNode
}) {
  const about = useId()
  const element = useEarlyInput<HTMLTextAreaElement>(value, textIn, onChange)
  return (
    <div className="w-full max-w-[36rem]">
      <label className="block">
        <span className="field-name mb-1">{name}</span>
        <textarea
          ref={element}
          className="input h-auto! w-full py-2 text-[14px]!"
          value={value}
          rows={rows}
          maxLength={maxLength}
          placeholder={placeholder}
          spellCheck={false}
          aria-invalid={wrong || undefined}
          aria-describedby={about}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <div id={about} className="mt-1 text-sm text-ink-2">
        {children}
      </div>
    </div>
  )
}
