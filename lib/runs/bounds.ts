/** What a run may ask for, and what it gets where it does not say. Forms, the schema and the reference read it here. */
export const BOUNDS = {
  /** Requests of a closed run. */
  requests: { min: 1, max: 200_000, default: 200 },
  /** Milliseconds that a run lasts, where it is given a time instead. */
  durationMs: { min: 100, max: 60_000 },
  connections: { min: 1, max: 200, default: 10 },
  /** Requests per second of an open run. */
  rate: { min: 1, max: 5_000 },
  warmupMs: { min: 0, max: 10_000, default: 0 },
  /** Exponent of a Zipf distribution: 0 is uniform, web traffic is near 1. */
  s: { min: 0, max: 3, default: 1 },
  seed: { min: 0, max: 2_147_483_647, default: 1 },
  /** Keys of a run, whatever its resource has. */
  keys: { min: 1, max: 10_000 },
} as const

/** A run that is given requests and no time is ended after this many milliseconds. */
export const TIME_LIMIT_MS = 120_000
/** Runs that wait for their turn. */
export const QUEUE = 20
/** A run that asks for it is stopped when nobody has watched it for this long. */
export const UNWATCHED_MS = 30_000
/** How often a snapshot is made. */
export const SNAPSHOT_MS = 100
/** Snapshots kept for those who join late. */
export const SNAPSHOTS = 600
