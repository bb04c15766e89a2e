import type { LabEvent } from '@/lib/lab/events'
import { edgeMs, HIGHEST_MS, LOWEST_MS, PER_DECADE } from '@/lib/runs/bins'
import type { Latency } from '@/lib/runs/report'

/** Bins as a report's distribution has them, and so many finer ones in each that percentiles are read from: 2.4 % wide. */
const FINER = 8
const FINE = PER_DECADE * FINER
const FINE_BINS = Math.ceil(Math.log10(HIGHEST_MS / LOWEST_MS) * FINE)
/** After a pause this long a load from outside is another one. */
const PAUSE_MS = 10_000
/** Resources with their strategies that are kept apart, those asked for last. */
const KEPT = 8

/** The handler times of one load from outside, of one resource by one strategy. */
export interface OutsideLoad {
  requests: number
  /** Epoch milliseconds of its first and its last request. */
  from: number
  to: number
  sumMs: number
  minMs: number
  maxMs: number
  /** Requests in each fine bin. */
  fine: readonly number[]
  /** Rows of the log that were left out meanwhile: some may have been requests of this load. */
  omitted: number
}

/** By resource and strategy, see {@link outsideKey}; the one that was asked for last is the last. */
export type Outside = Readonly<Record<string, OutsideLoad>>

export const nothingOutside: Outside = {}

export const outsideKey = ({ resource, strategy }: Pick<LabEvent, 'resource' | 'strategy'>): string =>
  `${strategy} ${resource}`

/** Add the rows of a batch: of those that came from outside, the ones that say how long the handler took. */
export function gatherOutside(outside: Outside, rows: readonly LabEvent[], omitted = 0): Outside {
  const groups = new Map<string, { at: number; durMs: number }[]>()
  for (const row of rows) {
    const { durMs, at } = row
    // A step names its tier; the outcome of a request has none, and its time is the whole handler's.
    if (!row.outside || durMs === undefined || row.tier !== undefined) continue
    const key = outsideKey(row)
    const group = groups.get(key)
    if (group) group.push({ at, durMs })
    else groups.set(key, [{ at, durMs }])
  }
  if (groups.size === 0) return outside
  const kept = { ...outside }
  for (const [key, times] of groups) {
    const before = kept[key]
    delete kept[key]
    kept[key] = times.reduce(addTime, startLoad(before, times[0]?.at ?? 0, omitted))
  }
  return Object.fromEntries(Object.entries(kept).slice(-KEPT))
}

/** The load that goes on, with bins that may be written to, or one that begins. */
function startLoad(before: OutsideLoad | undefined, at: number, omitted: number): OutsideLoad {
  if (before && at - before.to <= PAUSE_MS) {
    return { ...before, fine: [...before.fine], omitted: before.omitted + omitted }
  }
  const fine = Array.from({ length: FINE_BINS }, () => 0)
  return { requests: 0, from: at, to: at, sumMs: 0, minMs: Infinity, maxMs: 0, fine, omitted: 0 }
}

function addTime(load: OutsideLoad, { at, durMs }: { at: number; durMs: number }): OutsideLoad {
  const bin = Math.floor(Math.log10(Math.max(durMs, LOWEST_MS) / LOWEST_MS) * FINE)
  const fine = load.fine as number[]
  const within = Math.min(bin, FINE_BINS - 1)
  fine[within] = (fine[within] ?? 0) + 1
  return {
    ...load,
    fine,
    requests: load.requests + 1,
    to: Math.max(load.to, at),
    sumMs: load.sumMs + durMs,
    minMs: Math.min(load.minMs, durMs),
    maxMs: Math.max(load.maxMs, durMs),
  }
}

/** What the drawing of a report's round trips takes, of the handler times of a load from outside. */
export function outsideFigures(load: OutsideLoad): {
  latencyMs: Pick<Latency, 'mean' | 'p50' | 'p95' | 'p99'>
  distribution: { fromMs: number; toMs: number; count: number }[]
} {
  const at = (part: number) => percentileOf(load, part)
  return {
    latencyMs: { mean: load.sumMs / Math.max(load.requests, 1), p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    distribution: distributionOf(load),
  }
}

/** The middle of the fine bin in which so large a part of the requests ends: within 1.3 % of the time itself. */
function percentileOf({ fine, requests, minMs, maxMs }: OutsideLoad, part: number): number {
  const rank = Math.max(Math.ceil(requests * part), 1)
  let seen = 0
  const bin = fine.findIndex((count) => {
    seen += count
    return seen >= rank
  })
  return Math.min(Math.max(LOWEST_MS * 10 ** ((bin + 0.5) / FINE), minMs), maxMs)
}

/** From the first bin that holds something to the last. */
function distributionOf({ fine }: OutsideLoad) {
  const all = Array.from({ length: Math.ceil(FINE_BINS / FINER) }, (_, n) => ({
    fromMs: edgeMs(n),
    toMs: edgeMs(n + 1),
    count: fine.slice(n * FINER, (n + 1) * FINER).reduce((sum, count) => sum + count, 0),
  }))
  const holds = ({ count }: { count: number }) => count > 0
  return all.slice(Math.max(all.findIndex(holds), 0), all.findLastIndex(holds) + 1)
}
