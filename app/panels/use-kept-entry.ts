'use client'

import { useState } from 'react'
import { useLabState } from '@/app/lab/lab-provider'
import { useEntries } from '@/app/lab/use-entries'
import { isOutcome } from '@/app/parts/outcome'
import type { Labelled } from '@/app/parts/sell-by-label'
import type { Sent } from './send'

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

  const found = data?.entries.find(
    (entry) =>
      entry.resource === sent?.resource &&
      entry.strategy === sent?.strategy &&
      entry.key === key &&
      (entry.worker === 'careless') === (sent?.to === 'careless'),
  )
  const where = found?.worker === 'careless' ? found.worker : found?.tier
  const entry = found && where && { key: found.key, where, expiresAt: found.expiresAt, version: found.version }
  if (entry && (entry.key !== last?.key || entry.expiresAt !== last.expiresAt || entry.where !== last.where))
    setLast(entry)

  const skewMs = data?.skewMs ?? 0
  const passed = last && last.key === key && data && last.expiresAt <= data.now ? last : undefined
  return { entry: entry ?? passed, skewMs }
}
