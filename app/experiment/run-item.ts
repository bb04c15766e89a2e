import type { NewItem } from '@/lib/notebook/items'
import type { Report } from '@/lib/runs/report'

/** What the notebook keeps of a run's report. */
export type RunFigures = ReturnType<typeof runFigures>

/** The figures of a report that a list of runs shows. */
export function runFigures(report: Report) {
  const { run, config, requests, errors, hitRate, originCalls, throughput, latencyMs, usable } = report
  const { resource, strategy, ttl, keys } = config
  const { p50, p95, p99 } = latencyMs
  return {
    run,
    resource,
    strategy: strategy as string,
    ttl,
    seed: keys.seed,
    requests,
    errors,
    hitRate,
    originCalls,
    throughput,
    p50,
    p95,
    p99,
    usable: usable.ok,
  }
}

/** A run as the notebook keeps it. */
export const runItemOf = (report: Report, of: { lesson: string; experiment: string }): NewItem => ({
  id: `run:${report.run}`,
  kind: 'run',
  ...of,
  ...runFigures(report),
})
