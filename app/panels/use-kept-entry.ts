'use client'

import { useState } from 'react'
import { useLabState } from '@/app/lab/lab-provider'
import { useEntries } from '@/app/lab/use-entries'
import { isOutcome } from '@/app/parts/outcome'
import type { Labelled } from '@/app/parts/sell-by-label'
import type { LabEntry } from '@/lib/lab/entries'
import type { Sent } from './send'

/** Whether an entry is where this answer came from: each process has a memory of its own, and each edge a store. */
function isIn({ tier, worker }: LabEntry, { to, headers }: Sent): boolean {
  if (tier === 'memory') return worker === headers.find(([name]) => name === 'x-worker')?.[1]
  return (worker === 'careless') === (to === 'careless')
}

/** Clocks of a browser and its server may differ a little. */
const LATE_MS = 2_000

/**
 * The entry that stands behind an answer, as its tier keeps it now. One that has gone past its date stays known, so
 * that its label can say so; one that was emptied before is gone.
 */
export function useKeptEntry(sent: Sent | undefined): { entry?: Labelled; skewMs: number } {
  const { data } = useEntries()
  // The log tells the key of the last request of this kind that no run made and that was asked no later.
  const key = useLabState((state) =>
    sent
      ? state.log.rows.findLast(
          (row) =>
            row.resource === sent.resource &&
            row.strategy === sent.strategy &&
            row.run === undefined &&
            row.at <= sent.at + sent.roundTripMs + LATE_MS &&
            isOutcome(row.kind),
        )?.key
      : undefined,
  )
  const [last, setLast] = useState<Labelled>()
  if (sent?.kept) return { entry: sent.kept, skewMs: 0 }

  const candidates = data?.entries.filter(
    (entry) =>
      sent !== undefined && entry.resource === sent.resource && entry.strategy === sent.strategy && isIn(entry, sent),
  )
  // The log of a page is short: where runs have filled it since, the only entry there is can be meant.
  const found =
    key === undefined && candidates?.length === 1 ? candidates[0] : candidates?.find((entry) => entry.key === key)
  const where = found?.worker === 'careless' ? found.worker : found?.tier
  const entry = found && where && { key: found.key, where, expiresAt: found.expiresAt, version: found.version }
  if (entry && (entry.key !== last?.key || entry.expiresAt !== last.expiresAt || entry.where !== last.where))
    setLast(entry)

  const skewMs = data?.skewMs ?? 0
  const passed = last && last.key === key && data && last.expiresAt <= data.now ? last : undefined
  return { entry: entry ?? passed, skewMs }
}
