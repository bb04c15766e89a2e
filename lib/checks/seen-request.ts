import type { LabEvent } from '../lab/events'
import { OUTCOMES, type Outcome } from '../reading'

/** One request, put together from its rows of a lab's log. */
export interface SeenRequest {
  /** Its number in the lab. */
  request: number
  /** Epoch milliseconds. */
  at: number
  resource: string
  key: string
  strategy: string
  /** `write` for a PATCH, which has no outcome. */
  outcome: Outcome | 'write'
  /** Its rows in the order in which they happened; the last is its outcome, or the write itself. */
  steps: readonly LabEvent[]
  /** Statements sent to Postgres. */
  queries: number
  /** The origin was asked for the value, be it in vain. A write asks for none. */
  originCalled: boolean
  /** The run that asked, where one did. */
  run?: string
  /** The process that answered. */
  worker: string
}

/** Rows of a request whose end has not been seen yet. */
export type Pending = readonly LabEvent[]

/**
 * Take one more row: gives the request that it ends, or the rows that wait for their end. Rows of one request follow
 * each other, so what waits when a row of another comes had no end, and is left.
 */
export function takeRow(pending: Pending, row: LabEvent): { pending: Pending; request?: SeenRequest } {
  const same = pending[0]?.request === row.request && pending[0]?.worker === row.worker
  const steps = same ? [...pending, row] : [row]
  const outcome = endOf(row)
  return outcome ? { pending: [], request: requestOf(steps, row, outcome) } : { pending: steps }
}

/** What a request came to, where this row is its end. A tier that is away makes an error row too, which ends nothing. */
function endOf({ kind, tier }: LabEvent): SeenRequest['outcome'] | undefined {
  if (kind === 'write') return 'write'
  if (kind === 'error') return tier === undefined || tier === 'origin' ? 'error' : undefined
  return OUTCOMES.find((outcome) => outcome === kind)
}

const requestOf = (steps: readonly LabEvent[], end: LabEvent, outcome: SeenRequest['outcome']): SeenRequest => ({
  request: end.request,
  at: end.at,
  resource: end.resource,
  key: end.key,
  strategy: end.strategy,
  outcome,
  steps,
  queries: steps.reduce((sum, { queries = 0 }) => sum + queries, 0),
  originCalled: steps.some(({ kind, tier }) => kind === 'origin' || (kind === 'error' && tier === 'origin')),
  run: end.run,
  worker: end.worker,
})

const WORDS: Record<SeenRequest['outcome'], string> = {
  hit: 'a hit',
  stale: 'a stale answer',
  revalidated: 'a 304',
  coalesced: 'coalesced',
  miss: 'a miss',
  bypass: 'a bypass',
  error: 'an error',
  write: 'a write',
}

/** What it was, as a goal shows it: `#41 miss, 203 ms`. */
export function seenIn({ request, outcome, steps }: SeenRequest): string {
  const durMs = steps.at(-1)?.durMs
  return `#${request} ${outcome}${durMs === undefined ? '' : `, ${rounded(durMs)} ms`}`
}

/** What it was, as a failure tells it: `#41 was a hit, 3.2 s after #40`. */
export function wasIn({ request, outcome, at }: SeenRequest, earlier: SeenRequest | undefined): string {
  const after = earlier && `, ${((at - earlier.at) / 1000).toFixed(1)} s after #${earlier.request}`
  return `#${request} was ${WORDS[outcome]}${after ?? ''}`
}

/** Three digits that mean something, and no fraction of what has three without. */
const rounded = (value: number): string => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))))
