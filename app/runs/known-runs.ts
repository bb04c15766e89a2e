import type { NotebookItem } from '@/lib/notebook/items'
import type { Report } from '@/lib/runs/report'

/** The name under which this page remembers runs that were opened by their address. */
export const OPENED = 'opened'

/** What all panels keep their runs under, for as long as the tab lives. */
const PANELS = /^hitrate:runs(-\d+)?:/

/** A run that this browser knows of: enough to choose it from a list. */
export interface KnownRun {
  id: string
  /** Epoch milliseconds, where they are known. */
  at?: number
  lesson?: string
  resource: string
  strategy: string
  ttl: number
  seed: number
  requests: number
  hitRate: number
  originCalls: number
  throughput: number
  p50: number
  p99: number
}

/** Runs of the notebook, and of the panels of this tab that are not in it: the newest first. */
export function knownRuns(items: readonly NotebookItem[], reports: readonly Report[]): KnownRun[] {
  const known = new Map<string, KnownRun>()
  for (const { run, config, requests, hitRate, originCalls, throughput, latencyMs } of reports) {
    const { resource, strategy, ttl, keys } = config
    const { p50, p99 } = latencyMs
    known.set(run, {
      id: run,
      resource,
      strategy,
      ttl,
      seed: keys.seed,
      requests,
      hitRate,
      originCalls,
      throughput,
      p50,
      p99,
    })
  }
  for (const item of items) {
    if (item.kind !== 'run') continue
    const {
      run: id,
      at,
      lesson,
      resource,
      strategy,
      ttl,
      seed,
      requests,
      hitRate,
      originCalls,
      throughput,
      p50,
      p99,
    } = item
    known.set(id, {
      id,
      at,
      lesson,
      resource,
      strategy,
      ttl,
      seed,
      requests,
      hitRate,
      originCalls,
      throughput,
      p50,
      p99,
    })
  }
  // What has no time is of this tab, and so newer than most.
  return [...known.values()]
    .reverse()
    .sort((a, b) => (b.at ?? Number.MAX_SAFE_INTEGER) - (a.at ?? Number.MAX_SAFE_INTEGER))
}

/** Reports that panels of this tab remember. Whatever else is kept there, or nothing at all, gives none. */
export function reportsKept(storage: Pick<Storage, 'length' | 'key' | 'getItem'>): Report[] {
  const names = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((name) =>
    PANELS.test(name),
  )
  return names.flatMap((name) => {
    try {
      const kept = JSON.parse(storage.getItem(name) ?? '{}') as { reports?: unknown }
      return Array.isArray(kept.reports) ? kept.reports.filter(isReport) : []
    } catch {
      // Not ours, or of an older version.
      return []
    }
  })
}

const isReport = (value: unknown): value is Report =>
  typeof value === 'object' &&
  value !== null &&
  'run' in value &&
  'config' in value &&
  'latencyMs' in value &&
  typeof (value.config as Partial<Report['config']> | null)?.keys === 'object'
