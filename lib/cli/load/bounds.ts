/**
 * What a load from the terminal may ask for. A page's run is bounded more narrowly (`lib/runs/bounds.ts`), since anybody
 * with the page may start one; who has a terminal has the machine.
 */
export const LOAD_BOUNDS = {
  requests: { min: 1, max: 10_000_000, default: 200 },
  connections: { min: 1, max: 1_000, default: 10 },
  /** Milliseconds that a load lasts, also where it ends by its requests. */
  durationMs: { min: 100, max: 600_000 },
  warmupMs: { min: 0, max: 60_000 },
  /** Requests per second of an open loop. */
  rate: { min: 0.1, max: 100_000 },
  keys: { min: 1, max: 100_000 },
  zipf: { min: 0, max: 3 },
  seed: { min: 0, max: 2_147_483_647, default: 1 },
  thresholds: { max: 20 },
} as const
