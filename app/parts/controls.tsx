'use client'

import { useId } from 'react'
import { useEarlyInput } from './use-early-input'

export interface Choice {
  id: string
  label: React.ReactNode
  /** What it means, shown on hover and read to those who do not see. */
  title?: string
  /** What it stands beside, under this name, where there are too many for one row. */
  group?: string
}

const textIn = (element: HTMLInputElement | HTMLSelectElement) => element.value
const checkedIn = (group: HTMLFieldSetElement) => group.querySelector<HTMLInputElement>(':checked')?.value

/** A radio group as a row of boxes: arrow keys move within it. */
export function Segments({
  name,
  choices,
  value,
  onChange,
  disabled,
  hideName,
}: {
  name: string
  choices: readonly Choice[]
  value: string
  onChange: (id: string) => void
  disabled?: boolean
  hideName?: boolean
}) {
  const group = useId()
  const element = useEarlyInput<HTMLFieldSetElement>(value, checkedIn, onChange)
  return (
    <fieldset ref={element} className="min-w-0" disabled={disabled}>
      <legend className={hideName ? 'sr-only' : 'field-name mb-1'}>{name}</legend>
      <div className="grid justify-items-start gap-2">
        {rowsOf(choices).map(({ name: row, choices }) => (
          <div key={row} className="min-w-0 max-w-full items-center gap-x-3 sm:flex">
            {row !== '' && <span className="block w-[6.5rem] shrink-0 text-sm text-ink-2">{row}</span>}
            <div className="segments">
              {choices.map(({ id, label, title }) => (
                <label key={id} className="segment" title={title}>
                  <input
                    type="radio"
                    className="absolute inset-0 cursor-[inherit] opacity-0"
                    name={group}
                    value={id}
                    checked={id === value}
                    onChange={() => onChange(id)}
                  />
                  {label}
                </label>
              ))}
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  )
}

/** The choices of each group, in the order in which their first one comes; without groups one row without a name. */
function rowsOf(choices: readonly Choice[]): { name: string; choices: Choice[] }[] {
  const rows = new Map<string, Choice[]>()
  for (const choice of choices) {
    const name = choice.group ?? ''
    rows.set(name, [...(rows.get(name) ?? []), choice])
  }
  return [...rows].map(([name, choices]) => ({ name, choices }))
}

/** A number with its unit. The text is kept as typed: what it may be is the server's to say. */
export function NumberField({
  name,
  unit,
  value,
  onChange,
  min,
  max,
  step = 1,
  wrong,
  title,
  width = 7,
}: {
  name: string
  unit?: string
  value: string
  onChange: (text: string) => void
  min?: number
  max?: number
  step?: number | 'any'
  wrong?: boolean
  title?: string
  /** In characters. */
  width?: number
}) {
  const element = useEarlyInput<HTMLInputElement>(value, textIn, onChange)
  return (
    <label className="block" title={title}>
      <span className="field-name mb-1">{name}</span>
      <span className="flex items-center gap-2">
        <input
          ref={element}
          className="input"
          style={{ width: `${width + 4}ch` }}
          type="number"
          inputMode={step === 'any' ? 'decimal' : 'numeric'}
          value={value}
          min={min}
          max={max}
          step={step}
          aria-invalid={wrong || undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {unit && <span className="num text-sm text-ink-2">{unit}</span>}
      </span>
    </label>
  )
}

/** A line of text, in the letters of code. */
export function TextField({
  name,
  value,
  onChange,
  placeholder,
  wrong,
  title,
}: {
  name: string
  value: string
  onChange: (text: string) => void
  placeholder?: string
  wrong?: boolean
  title?: string
}) {
  const element = useEarlyInput<HTMLInputElement>(value, textIn, onChange)
  return (
    <label className="block min-w-0" title={title}>
      <span className="field-name mb-1">{name}</span>
      <input
        ref={element}
        className="input num w-[22ch] max-w-full"
        type="text"
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="off"
        aria-invalid={wrong || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

/** A choice among many. */
export function SelectField({
  name,
  options,
  value,
  onChange,
  wrong,
  title,
}: {
  name: string
  options: readonly (string | { id: string; label: string })[]
  value: string
  onChange: (id: string) => void
  wrong?: boolean
  title?: string
}) {
  const element = useEarlyInput<HTMLSelectElement>(value, textIn, onChange)
  return (
    <label className="block min-w-0" title={title}>
      <span className="field-name mb-1">{name}</span>
      <select
        ref={element}
        className="input max-w-full pr-8"
        value={value}
        aria-invalid={wrong || undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => {
          const { id, label } = typeof option === 'string' ? { id: option, label: option } : option
          return (
            <option key={id} value={id}>
              {label}
            </option>
          )
        })}
      </select>
    </label>
  )
}
