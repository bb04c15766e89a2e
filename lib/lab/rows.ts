import type { Reading, Step, StepResult } from '../reading'
import type { LabEvent } from './events'
import type { EventKind } from './kinds'

/** What all rows of one request have in common. */
export type RowBase = Pick<LabEvent, 'at' | 'resource' | 'key' | 'strategy' | 'request' | 'worker' | 'run' | 'outside'>
type Row = Omit<LabEvent, 'seq'>

/** The row that a step makes; what only says that a tier was looked into makes none. */
const KIND: Record<StepResult, EventKind | undefined> = {
  hit: undefined,
  miss: undefined,
  revalidated: undefined,
  changed: undefined,
  expired: 'expiry',
  stored: 'store',
  refused: 'refusal',
  evicted: 'eviction',
  invalidated: 'invalidation',
  unavailable: 'error',
  unparsable: 'error',
  loaded: 'origin',
  absent: 'origin',
}

/** The rows of a log that a reading makes: each step that changed or asked something, then the outcome. */
export function rowsOf(reading: Reading, handlerMs: number, base: RowBase): Row[] {
  return [...stepRows(reading.steps, base), { ...base, kind: reading.outcome, durMs: handlerMs }]
}

/** The rows that steps make. An unavailable tier is told of once a request. */
export function stepRows(steps: Step[], base: RowBase): Row[] {
  const rows: Row[] = []
  for (const { tier, result, durMs, key, queries, addedMs } of steps) {
    const kind = KIND[result]
    if (!kind) continue
    const detail = kind === 'error' || result === 'absent' ? result : undefined
    if (kind === 'error' && rows.some((row) => row.tier === tier && row.detail === detail)) continue
    rows.push({ ...base, kind, tier, durMs, queries, addedMs, detail, key: key ?? base.key })
  }
  return rows
}
