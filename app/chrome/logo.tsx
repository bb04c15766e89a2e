'use client'

import Link from 'next/link'
import { percent } from '@/app/format'
import { useLabState } from '@/app/lab/lab-provider'
import type { LabCounters } from '@/lib/lab/events'

/** (hit + stale) / (requests − errors), undefined while nothing was asked. */
const hitRate = ({ requests, outcomes }: LabCounters): number | undefined =>
  requests > outcomes.error ? (outcomes.hit + outcomes.stale) / (requests - outcomes.error) : undefined

/** The name, with the lab's hit rate on its label. */
export function Logo() {
  const counters = useLabState((state) => state.counters)
  const rate = counters && hitRate(counters)
  const lost = counters !== undefined && counters.lost > 0
  return (
    <div className="flex items-center gap-3">
      <Link
        href="/"
        className="text-[25px] leading-none font-bold tracking-[-0.04em] text-ink no-underline"
        aria-label="Hitrate, home"
      >
        hitrate
      </Link>
      <span
        className="label label-small min-w-[68px] -rotate-3 text-center text-[13px] leading-tight"
        title={`The hit rate of your lab: what the server has answered from memory or Redis, of all it was asked${lost ? '. Incomplete: a worker or the edge ended before it had sent its last counts' : ''}`}
      >
        <span className="sr-only">Hit rate of your lab: </span>
        <span>{`${lost ? '≈ ' : ''}${rate === undefined ? '– %' : percent(rate)}`}</span>
      </span>
    </div>
  )
}
