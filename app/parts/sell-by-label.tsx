'use client'

import { stretch, timeOfDay } from '@/app/format'
import { useNow } from '@/app/lab/use-now'
import { NEVER } from '@/lib/reading'

/** What a cached entry's label says. Times are epoch milliseconds of the clock that judges it; NEVER is no date. */
export interface Labelled {
  key: string
  where: string
  expiresAt: number
  version?: string | number
}

/**
 * The sell-by label of a cached entry, counting down. Past its date it is no longer yellow: a dashed slip. An entry
 * without a date says so, and stays yellow.
 * `skewMs` is how far the judging clock is ahead of this browser's.
 */
export function SellByLabel({
  entry,
  skewMs = 0,
  large,
  past = 'expired',
}: {
  entry: Labelled
  skewMs?: number
  large?: boolean
  past?: string
}) {
  const now = useNow()
  const dated = entry.expiresAt !== NEVER
  const leftMs = entry.expiresAt - (now + skewMs)
  const fresh = now === 0 || leftMs > 0
  return (
    <div
      className={`label ${fresh ? 'label-fresh' : 'label-past'} ${large ? 'w-full max-w-[330px] py-3 lg:-rotate-2' : ''}`}
      data-fresh={fresh}
    >
      <p className={`truncate ${large ? 'text-[13.5px]' : 'text-xs'}`} title={`${entry.key} in ${entry.where}`}>
        {`${entry.key} · ${entry.where}`}
      </p>
      <p className={`font-bold ${large ? 'text-2xl' : 'text-[15px]'} ${fresh ? '' : 'line-through'} whitespace-nowrap`}>
        {dated ? <span>{`SELL BY ${now === 0 ? '' : timeOfDay(entry.expiresAt - skewMs)}`}</span> : 'NO DATE'}
      </p>
      <p className={`${large ? 'text-[13.5px]' : 'text-xs'}`}>
        {!dated && <span>until evicted or written to</span>}
        {dated && now !== 0 && <span>{fresh ? `in ${stretch(leftMs)}` : `${past} ${stretch(-leftMs)} ago`}</span>}
        {entry.version !== undefined && <span className="block truncate">{`version ${entry.version}`}</span>}
      </p>
    </div>
  )
}
