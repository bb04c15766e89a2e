'use client'

import { useId, useState } from 'react'
import { NumberField } from '@/app/parts/controls'
import { Ticked } from '@/app/parts/ticked'
import { useEarlyInput } from '@/app/parts/use-early-input'
import { useHydrated } from '@/app/parts/use-hydrated'
import { type Asked, type AskedChoice, type AskedNumber, inWords, readSaid, type Said, slides } from './asked'

/** Asks for a prediction. To skip it is as near as to give it. */
export function PredictionForm({
  asked,
  onCommit,
}: {
  asked: Asked
  /** `undefined` where the reader skips it. */
  onCommit: (said: Said | undefined) => void
}) {
  const [given, setGiven] = useState('')
  const [fault, setFault] = useState<string>()
  const faultId = useId()
  // Before React is here a click would send the form to the server.
  const ready = useHydrated()
  const give = (text: string) => {
    setGiven(text)
    setFault(undefined)
  }
  return (
    <form
      noValidate
      autoComplete="off"
      aria-label="Your prediction"
      onSubmit={(event) => {
        event.preventDefault()
        const read = readSaid(asked, given)
        if ('said' in read) return onCommit(read.said)
        setFault(read.fault)
        event.currentTarget.querySelector('input')?.focus()
      }}
    >
      {asked.kind === 'number' ? (
        <NumberQuestion asked={asked} given={given} onGive={give} wrong={fault !== undefined} />
      ) : (
        <ChoiceQuestion asked={asked} given={given} onGive={give} />
      )}
      <p id={faultId} className="text-error" role="alert">
        {fault && <span className="mt-3 block">{fault}</span>}
      </p>
      <div className="no-print mt-5 flex flex-wrap gap-3">
        <button type="submit" className="button button-blue" disabled={!ready}>
          Predict
        </button>
        <button type="button" className="button-quiet min-h-11" disabled={!ready} onClick={() => onCommit(undefined)}>
          Skip, I only want to see
        </button>
      </div>
      <noscript>
        <p className="mt-3 text-sm text-ink-2">
          Predicting and running need JavaScript. The text, and what each experiment shows, do not.
        </p>
      </noscript>
    </form>
  )
}

/** A number with its unit, and a slider where one fits. */
function NumberQuestion({
  asked,
  given,
  onGive,
  wrong,
}: {
  asked: AskedNumber
  given: string
  onGive: (text: string) => void
  wrong: boolean
}) {
  const { ask, unit, min, max, step = 1 } = asked
  return (
    <>
      <p className="prose max-w-[60ch]">
        <Ticked text={ask} />
      </p>
      <div className="mt-4 flex flex-wrap items-end gap-x-8 gap-y-3">
        <NumberField
          name="You say"
          unit={unit}
          value={given}
          min={min}
          max={max}
          step="any"
          width={Math.max(String(max).length, 4)}
          wrong={wrong}
          onChange={onGive}
        />
        {slides(asked) && (
          <label className="block min-w-0 flex-1 basis-60">
            <span className="sr-only">The same with a slider</span>
            <input
              type="range"
              className="slider"
              min={min}
              max={max}
              step={step}
              value={given.trim() === '' ? (min + max) / 2 : given}
              data-empty={given.trim() === '' || undefined}
              aria-valuetext={given.trim() === '' ? 'nothing said yet' : inWords(asked, Number(given))}
              onChange={(event) => onGive(event.target.value)}
            />
            <span className="num flex justify-between text-[12.5px] text-ink-2" aria-hidden>
              <span>{inWords(asked, min)}</span>
              <span>{inWords(asked, max)}</span>
            </span>
          </label>
        )}
      </div>
    </>
  )
}

const checkedIn = (group: HTMLFieldSetElement) => group.querySelector<HTMLInputElement>(':checked')?.value

/** One of some answers. */
function ChoiceQuestion({
  asked: { ask, options },
  given,
  onGive,
}: {
  asked: AskedChoice
  given: string
  onGive: (id: string) => void
}) {
  const group = useId()
  const element = useEarlyInput<HTMLFieldSetElement>(given, checkedIn, onGive)
  return (
    <fieldset ref={element} className="min-w-0">
      <legend className="prose max-w-[60ch]">
        <Ticked text={ask} />
      </legend>
      <div className="mt-4 grid max-w-[62ch] gap-2">
        {options.map(({ id, label }) => (
          <label key={id} className="option">
            <input type="radio" name={group} value={id} checked={id === given} onChange={() => onGive(id)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
