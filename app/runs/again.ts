import type { RunConfig, RunRequest } from '@/lib/runs/config'

/** Returns what to post to repeat a run in the lab of whoever posts it. */
export function repeated({ lab: _, durationMs, stages, ...config }: RunConfig): RunRequest {
  // Stages make the duration, so a config that names both is refused.
  return { ...config, ...(stages ? { stages } : { durationMs }) }
}
