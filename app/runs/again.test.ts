import { expect, it } from 'vitest'
import { planRun } from '@/lib/runs/config'
import { repeated } from './again'

it.each([
  { strategy: 'none' },
  { strategy: 'memory', ttl: 5, requests: 7, params: { delay: 20 }, thresholds: ['errors = 0'] },
  { strategy: 'http', mode: 'open', rate: 10, durationMs: 500 },
  { strategy: 'redis', mode: 'open', rate: 10, stages: [{ durationMs: 500, rate: 20 }] },
  { strategy: 'memory', host: 'workers', workers: 3 },
  { strategy: 'http', via: 'edge' },
])('repeats a run of $strategy in another lab, with all that it was told', (config) => {
  const { config: planned } = planRun({ resource: 'slow-value', ...config }, 'theirs')
  const body: unknown = JSON.parse(JSON.stringify(repeated(planned)))
  expect(planRun(body, 'mine').config).toEqual({ ...planned, lab: 'mine' })
})
