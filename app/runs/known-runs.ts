import { type RunFigures, runFigures } from '@/app/experiment/run-item'
import type { NotebookItem } from '@/lib/notebook/items'
import type { Report } from '@/lib/runs/report'

/** The name under which this page remembers runs that were opened by their address. */
export const OPENED = 'opened'

/** What all panels keep their runs under, for as long as the tab lives. */
const PANELS = /^hitrate:runs(-\d+)?:/

/** A run that this browser knows of, as the notebook keeps it. `at` is in epoch milliseconds, where it is known. */
export interface KnownRun extends Omit<RunFigures, 'usable'> {
  /** Whether the metrics may be used; absent if that wasn't stored. */
  usable?: boolean
  at?: number
  lesson?: string
}

/** Runs of the notebook, and of the panels of this tab that are not in it: the newest first. */
export function knownRuns(items: readonly NotebookItem[], reports: readonly Report[]): KnownRun[] {
  const known = new Map<string, KnownRun>()
  for (const report of reports) known.set(report.run, runFigures(report))
  for (const item of items) if (item.kind === 'run') known.set(item.run, item)
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
  'usable' in value &&
  typeof (value.config as Partial<Report['config']> | null)?.keys === 'object'
