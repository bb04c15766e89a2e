import type { RunConfig } from './config'
import type { Measured, MeasuredWindow } from './figures'
import type { ToldSample } from './samples'

/** What the load generator is told: plain data, so that it can go to its thread. */
export interface Job {
  run: string
  /**
   * Scheme, host and port of each process that may be asked; the seed draws which one is, for each request. A page's
   * run has the app's own and those it started, and nothing else is ever asked.
   */
  addresses: readonly string[]
  /** The path of each key, by its index. */
  paths: string[]
  /** Whether each virtual client keeps an HTTP cache. */
  cached: boolean
  /** Bodies of writes, sent in turns; where there are none, nothing is written. */
  bodies?: string[]
  config: Pick<RunConfig, 'mode' | 'connections' | 'arrivals' | 'keys' | 'warmupMs'> &
    Partial<Pick<RunConfig, 'requests' | 'durationMs' | 'rate' | 'stages' | 'writes'>>
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
      own?: OwnCaches
    }
  | { kind: 'end'; measured: Measured; samples: ToldSample[]; own?: OwnCaches }

/** The measured requests that the clients' own caches served, so far: no server knows of them. */
export type OwnCaches = Record<'hit' | 'stale', number>
