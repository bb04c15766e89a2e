'use client'

import { Ticked } from '@/app/parts/ticked'
import { type Asked, inWords, type Said } from './asked'
import type { Result } from './experiment-context'

/** What was said, as it stands on the sheet until it is taken back, and what it came to. */
export function PredictionLine({
  asked,
  said,
  result,
  onTakeBack,
}: {
  asked: Asked
  said: Said | undefined
  result: Result | undefined
  onTakeBack: () => void
}) {
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <p className="text-sm text-ink-2">
            <Ticked text={asked.ask} />
          </p>
          <dl className="mt-2 flex flex-wrap gap-x-10 gap-y-2" data-testid="prediction">
            <Figure name={said === undefined ? 'Your prediction' : 'You said'} asked={asked} mine>
              {said === undefined ? 'none: you only want to see' : inWords(asked, said)}
            </Figure>
            {result && (
              <Figure name="It was" asked={asked}>
                {result.measured}
              </Figure>
            )}
          </dl>
        </div>
        <button
          type="button"
          className="button-quiet no-print"
          title="Forgets what was said and seen in this experiment"
          onClick={onTakeBack}
        >
          {said === undefined ? 'Predict after all' : 'Predict again'}
        </button>
      </div>
      <p className="sr-only" role="status">
        {result && resultInWords(result)}
      </p>
    </>
  )
}

function Figure({ name, asked, mine, children }: { name: string; asked: Asked; mine?: true; children: string }) {
  return (
    <div>
      <dt className="field-name">{name}</dt>
      <dd
        className={`${asked.kind === 'number' ? 'num text-xl' : 'text-[17px]'} font-semibold ${mine ? 'text-blue' : ''}`}
      >
        {children}
      </dd>
    </div>
  )
}

const resultInWords = ({ said, measured, off, right }: Result): string =>
  said === undefined
    ? `It was: ${measured}.`
    : right === true
      ? `You said: ${measured}. That is right.`
      : `You said: ${said}. It was: ${measured}${off ? `, ${off}` : ''}.`
