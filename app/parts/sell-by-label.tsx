'use client'

import { stretch, timeOfDay } from '@/app/format'
import { useNow } from '@/app/lab/use-now'

/** What a cached entry's label says. Times are epoch milliseconds of the clock that judges it. */
export interface Labelled {
  key: string
  where: string
  expiresAt: number
  version?: string | number
}

/**
 * The sell-by label of a cached entry, counting down. Past its date it is no longer yellow: a dashed slip.
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
  const leftMs = entry.expiresAt - (now + skewMs)
  const fresh = now === 0 || leftMs > 0
  return (
    <div
      className={`label ${fresh ? 'label-fresh' : 'label-past'} ${large ? 'w-full max-w-[330px] py-3 lg:-rotate-2' : ''}`}
      data-fresh={fresh}
    >
      <p className={`truncate ${large ? 'text-[13.5px]' : 'text-xs'}`} title={`${entry.key} in ${entry.where}`}>
        {entry.key} · {entry.where}
      </p>
      <p className={`font-bold ${large ? 'text-2xl' : 'text-[15px]'} ${fresh ? '' : 'line-through'} whitespace-nowrap`}>
        SELL BY {now === 0 ? '' : timeOfDay(entry.expiresAt - skewMs)}
      </p>
      <p className={`${large ? 'text-[13.5px]' : 'text-xs'}`}>
        {now !== 0 && (fresh ? `in ${stretch(leftMs)}` : `${past} ${stretch(-leftMs)} ago`)}
        {entry.version !== undefined && <span className="block truncate">version {entry.version}</span>}
      </p>
    </div>
  )
}
