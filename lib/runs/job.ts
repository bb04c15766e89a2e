import type { RunConfig } from './config'
import type { Measured, MeasuredWindow } from './figures'

/** What the load generator is told: plain data, so that it can go to its thread. */
export interface Job {
  run: string
  /** The app's own address; nothing else is ever asked. */
  address: string
  /** The path of each key, by its index. */
  paths: string[]
  /** Whether each virtual client keeps an HTTP cache. */
  cached: boolean
  config: Pick<
    RunConfig,
    'mode' | 'requests' | 'durationMs' | 'connections' | 'rate' | 'arrivals' | 'keys' | 'warmupMs'
  >
}

/** What the load generator tells, 10 times a second and at its end. */
export type Told =
  | {
      kind: 'progress'
      /** Milliseconds since the first measured request was due; negative while warming up. */
      atMs: number
      progress: number
      measured: Measured
      window: MeasuredWindow
    }
  | { kind: 'end'; measured: Measured }
