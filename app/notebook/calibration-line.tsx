'use client'

import Link from 'next/link'
import { calibration } from '@/app/experiment/calibration'
import type { ItemOf, NotebookItem } from '@/lib/notebook/items'
import { useNotebook } from './notebook-provider'

const WORDS = 'none one two three four five six seven eight nine ten eleven twelve'.split(' ')
/** Small numbers as words, as in running text. */
export const inText = (value: number): string => WORDS[value] ?? String(value)

/** A share of 0 to 1 as whole percent, `± 11 %`. */
export const plusMinus = (share: number): string => `±\u202f${Math.round(share * 100)}\u202f%`

export const predictionsIn = (items: Readonly<Record<string, NotebookItem>>): ItemOf<'prediction'>[] =>
  Object.values(items).filter((item) => item.kind === 'prediction')

/** How far the reader's predictions are off, beside the lessons. Nothing while none was measured. */
export function CalibrationLine() {
  const { numbers, choices } = calibration(predictionsIn(useNotebook().items))
  if (numbers.count + choices.count === 0) return null
  const right = `${inText(choices.right)} of ${inText(choices.count)} ${choices.count === 1 ? 'choice' : 'choices'} right`
  return (
    <div className="mt-6 border-t-2 border-ink pt-4">
      {numbers.count > 0 && (
        <p className="text-[26px] leading-tight font-bold tracking-[-0.03em]">{plusMinus(numbers.medianOff)}</p>
      )}
      <p className="mt-1 text-[13px] leading-snug text-ink-2">
        {numbers.count > 0 && (
          <span>
            how far your predictions are off, over <span>{inText(numbers.count)}</span>{' '}
            <span>{numbers.count === 1 ? 'experiment' : 'experiments'}</span>
            {numbers.early !== undefined && <span>{`; it was ${plusMinus(numbers.early)} in the first half`}</span>}
            <span>{choices.count > 0 ? '; ' : '. '}</span>
          </span>
        )}
        {choices.count > 0 && <span>{`${right}. `}</span>}
        <Link href="/notebook" className="whitespace-nowrap">
          Your notebook
        </Link>
      </p>
    </div>
  )
}
