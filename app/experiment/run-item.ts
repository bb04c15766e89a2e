import type { NewItem } from '@/lib/notebook/items'
import type { Report } from '@/lib/runs/report'

/** A run as the notebook keeps it. */
export function runItemOf(report: Report, of: { lesson: string; experiment: string }): NewItem {
  const { run, config, requests, errors, hitRate, originCalls, throughput, latencyMs } = report
  const { resource, strategy, ttl, keys } = config
  const { p50, p95, p99 } = latencyMs
  return {
    id: `run:${run}`,
    kind: 'run',
    ...of,
    run,
    resource,
    strategy,
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
  }
}
