import { type Cell, csvOf } from '@/app/csv'
import { estimatesIn } from '@/app/panels/report-rows'
import { OUTCOMES } from '@/lib/reading'
import type { RunState } from '@/lib/runs/report'
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

/** A table with one line per run and the columns of {@link columnsOf}. */
export function asCsv(runs: readonly RunState[]): string {
  const names = namesOf(runs)
  const columns = columnsOf(runs)
  return csvOf([
    columns.map(({ id }) => id),
    ...runs.map((run) => columns.map(({ of }) => of(run, names.get(run.id) ?? ''))),
  ])
}

/** A column of the CSV. Its id holds its unit. */
export interface Column {
  id: string
  about: string
  of(run: RunState, name: string): Cell
}

const conditions: readonly Column[] = [
  { id: 'name', about: 'the run’s name in the comparison', of: (_, name) => name },
  { id: 'run', about: 'the run’s id: its page is /runs?id=…', of: ({ id }) => id },
  { id: 'status', about: 'done, stopped, or failed', of: ({ status }) => status },
  { id: 'started_at', about: 'when it started: ISO 8601, UTC', of: ({ report }) => report.startedAt },
  { id: 'usable', about: 'false: don’t use any metric of this line', of: ({ report }) => String(report.usable.ok) },
  {
    id: 'unusable_because',
    about: 'codes of the reasons',
    of: ({ report }) => report.usable.reasons.map(({ code }) => code).join('; '),
  },
  { id: 'resource', about: 'the resource’s id', of: ({ report }) => report.config.resource },
  {
    id: 'params',
    about: 'the resource’s parameters, as JSON',
    of: ({ report }) => JSON.stringify(report.config.params),
  },
  { id: 'strategy', about: 'the strategy’s id', of: ({ report }) => report.config.strategy },
  { id: 'ttl_s', about: 'the TTL', of: ({ report }) => report.config.ttl },
  { id: 'via', about: 'direct, or edge: through the shared HTTP cache', of: ({ report }) => report.config.via },
  { id: 'host', about: 'next: the Next routes; workers: bare processes', of: ({ report }) => report.config.host },
  { id: 'workers', about: 'how many workers, if they are the host', of: ({ report }) => report.config.workers },
  { id: 'mode', about: 'closed or open loop', of: ({ report }) => report.config.mode },
  { id: 'requests_asked', about: 'requests that the config asks for', of: ({ report }) => report.config.requests },
  { id: 'duration_asked_ms', about: 'duration that the config asks for', of: ({ report }) => report.config.durationMs },
  {
    id: 'connections',
    about: 'connections, each with one request at a time',
    of: ({ report }) => report.config.connections,
  },
  { id: 'rate_per_s', about: 'rate of an open loop', of: ({ report }) => report.config.rate },
  { id: 'arrivals', about: 'how requests of an open loop are spaced', of: ({ report }) => report.config.arrivals },
  {
    id: 'stages',
    about: 'stages of an open loop, as JSON',
    of: ({ report }) => report.config.stages && JSON.stringify(report.config.stages),
  },
  { id: 'keys', about: 'how keys are drawn, as JSON', of: ({ report }) => JSON.stringify(report.config.keys) },
  { id: 'seed', about: 'the seed of keys, arrivals, writes, and hosts', of: ({ report }) => report.config.keys.seed },
  { id: 'writes_share', about: 'share of the requests that write, 0 to 1', of: ({ report }) => report.config.writes },
  { id: 'warmup_ms', about: 'load before the metrics begin', of: ({ report }) => report.config.warmupMs },
  { id: 'start', about: 'cold: entries were deleted first; or warm', of: ({ report }) => report.config.start },
]

const environment: readonly Column[] = [
  {
    id: 'thresholds_failed',
    about: 'thresholds that failed; empty if they weren’t judged',
    of: ({ report: { thresholds } }) =>
      thresholds.every(({ judged }) => judged) ? thresholds.filter(({ passed }) => !passed).length : undefined,
  },
  {
    id: 'thresholds',
    about: 'the thresholds',
    of: ({ report }) => report.thresholds.map(({ threshold }) => threshold).join('; '),
  },
  {
    id: 'other_labs_requests',
    about: 'requests of other labs, answered in the same time',
    of: ({ report }) => report.alongside?.requests,
  },
  {
    id: 'queued_runs',
    about: 'other runs that waited when it ended',
    of: ({ report }) => report.alongside?.queuedRuns,
  },
  {
    id: 'cores_busy',
    about: 'cores in use by anything on the machine, on average',
    of: ({ report }) => report.alongside?.cores.busy,
  },
  {
    id: 'cores_own',
    about: 'cores in use by the app’s process and its load generator, on average',
    of: ({ report }) => report.alongside?.cores.own,
  },
  { id: 'machine_cpus', about: 'cores of the machine', of: ({ report }) => report.machine.cpus },
  { id: 'machine_model', about: 'model of the CPU', of: ({ report }) => report.machine.model },
  { id: 'machine_node', about: 'version of Node.js', of: ({ report }) => report.machine.node },
  { id: 'machine_platform', about: 'operating system and architecture', of: ({ report }) => report.machine.platform },
]

/**
 * Returns the columns of these runs in their order. Versions and statuses that
 * only some of the runs have are columns too.
 */
export function columnsOf(runs: readonly RunState[]): Column[] {
  const versions = [...new Set(runs.flatMap(({ report }) => Object.keys(report.versions)))]
  const statuses = [...new Set(runs.flatMap(({ report }) => Object.keys(report.statuses)))].sort()
  return [
    ...conditions,
    ...ALL_FIGURES.map(({ id, name, about, of }) => ({
      id,
      about: about ? `${name}: ${about}` : name,
      of: ({ report }: RunState) => of(report),
    })),
    {
      id: 'estimates',
      about: 'columns that are estimates: a percentile with few requests beyond it',
      of: ({ report }: RunState) => estimatesIn(ALL_FIGURES, report),
    },
    ...statuses.map((status) => ({
      id: `status_${status}`,
      about: `responses with the status ${status}`,
      of: ({ report }: RunState) => report.statuses[status],
    })),
    ...OUTCOMES.map((outcome) => ({
      id: `outcome_${outcome}`,
      about: `requests with the outcome ${outcome}`,
      of: ({ report }: RunState) => report.outcomes[outcome],
    })),
    ...environment,
    ...versions.map((what) => ({
      id: `version_${what}`,
      about: `version of ${what}`,
      of: ({ report }: RunState) => report.versions[what],
    })),
  ]
}

/** The percentile curves: a line a point. */
export function curvesCsv(runs: readonly RunState[]): string {
  const names = namesOf(runs)
  return csvOf([
    ['name', 'run', 'usable', 'percentile', 'round_trip_ms'],
    ...runs.flatMap(({ id, report }) =>
      report.percentiles.map(({ percentile, ms }): Cell[] => [
        names.get(id),
        id,
        String(report.usable.ok),
        percentile,
        ms,
      ]),
    ),
  ])
}

/** The distributions: a line a bin, which holds from its first edge to below its second. */
export function distributionsCsv(runs: readonly RunState[]): string {
  const names = namesOf(runs)
  return csvOf([
    ['name', 'run', 'usable', 'from_ms', 'to_ms', 'requests'],
    ...runs.flatMap(({ id, report }) =>
      report.distribution.map(({ fromMs, toMs, count }): Cell[] => [
        names.get(id),
        id,
        String(report.usable.ok),
        fromMs,
        toMs,
        count,
      ]),
    ),
  ])
}

const namesOf = (runs: readonly RunState[]): Map<string, string> =>
  new Map(named(runs.map(({ report }) => report)).map(({ name, report }) => [report.run, name]))
