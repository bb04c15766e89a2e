import { type Cell, csvOf } from '@/app/csv'
import { estimatesIn } from '@/app/panels/report-rows'
import type { Report, RunState } from '@/lib/runs/report'
import { ALL_FIGURES } from './figures'
import { named } from './named'

/** Runs as files. Pure: the same runs give the same text. */

/** What an export file is, so that a program can tell. */
export const FORMAT = 'hitrate-runs'
export const VERSION = 1

/** `hitrate-run-<id>.json`, `hitrate-comparison-<first id>-2-runs.json`. */
export function fileName(ids: readonly string[], what: string): string {
  // An id comes from an address, which may hold anything.
  const id = (ids[0] ?? '').replace(/[^\w-]/g, '')
  return ids.length === 1 ? `hitrate-run-${id}${what}` : `hitrate-comparison-${id}-${ids.length}-runs${what}`
}

/** Everything, as `GET /api/runs/{id}` answers it. */
export const asJson = (runs: readonly RunState[], now: number): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, exportedAt: new Date(now).toISOString(), runs }, null, 2)}\n`

/** A table with a line a run: its config, all figures with their units in the names of the columns, machine, versions. */
export function asCsv(runs: readonly RunState[]): string {
  const names = namesOf(runs)
  const rows = runs.map(
    ({ id, status, report }) => new Map<string, Cell>(cellsOf(names.get(id) ?? '', id, status, report)),
  )
  // Versions and conditions are not the same of every run: a column for each that one of them has.
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  return csvOf([columns, ...rows.map((row) => columns.map((column) => row.get(column)))])
}

function cellsOf(name: string, id: string, status: string, report: Report): [string, Cell][] {
  const { config, outcomes, usable, thresholds, machine, versions } = report
  return [
    ['name', name],
    ['run', id],
    ['status', status],
    ['usable', String(usable.ok)],
    ['unusable_because', usable.reasons.map(({ code }) => code).join('; ')],
    ['resource', config.resource],
    ['params', JSON.stringify(config.params)],
    ['strategy', config.strategy],
    ['ttl_s', config.ttl],
    ['mode', config.mode],
    ['requests_asked', config.requests],
    ['duration_asked_ms', config.durationMs],
    ['connections', config.connections],
    ['rate_per_s', config.rate],
    ['arrivals', config.arrivals],
    ['stages', config.stages && JSON.stringify(config.stages)],
    ['keys', JSON.stringify(config.keys)],
    ['seed', config.keys.seed],
    ['writes_share', config.writes],
    ['warmup_ms', config.warmupMs],
    ['start', config.start],
    ...ALL_FIGURES.map(({ id, of }): [string, Cell] => [id, of(report)]),
    ['estimates', estimatesIn(ALL_FIGURES, report)],
    ...Object.entries(report.statuses).map(([status, count]): [string, Cell] => [`status_${status}`, count]),
    ...Object.entries(outcomes).map(([outcome, count]): [string, Cell] => [`outcome_${outcome}`, count]),
    ['thresholds_failed', thresholds.filter(({ passed }) => !passed).length],
    ['thresholds', thresholds.map(({ threshold }) => threshold).join('; ')],
    ['machine_cpus', machine.cpus],
    ['machine_model', machine.model],
    ['machine_node', machine.node],
    ['machine_platform', machine.platform],
    ...Object.entries(versions).map(([what, version]): [string, Cell] => [`version_${what}`, version]),
  ]
}

/** The percentile curves: a line a point. */
export function curvesCsv(runs: readonly RunState[]): string {
  const names = namesOf(runs)
  return csvOf([
    ['name', 'run', 'percentile', 'round_trip_ms'],
    ...runs.flatMap(({ id, report }) =>
      report.percentiles.map(({ percentile, ms }): Cell[] => [names.get(id), id, percentile, ms]),
    ),
  ])
}

/** The distributions: a line a bin, which holds from its first edge to below its second. */
export function distributionsCsv(runs: readonly RunState[]): string {
  const names = namesOf(runs)
  return csvOf([
    ['name', 'run', 'from_ms', 'to_ms', 'requests'],
    ...runs.flatMap(({ id, report }) =>
      report.distribution.map(({ fromMs, toMs, count }): Cell[] => [names.get(id), id, fromMs, toMs, count]),
    ),
  ])
}

const namesOf = (runs: readonly RunState[]): Map<string, string> =>
  new Map(named(runs.map(({ report }) => report)).map(({ name, report }) => [report.run, name]))
