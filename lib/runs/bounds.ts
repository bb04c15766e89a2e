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
  /** Keys of a run, whatever its resource has, and of a recorded list. */
  keys: { min: 1, max: 10_000 },
  /** Keys of a hot set, its part of the requests, and the requests after which it moves on. */
  hot: { min: 1, max: 10_000, default: 10 },
  share: { min: 0, max: 1, default: 0.9 },
  shift: { min: 1, max: 200_000, default: 500 },
  /** The part of the requests that write. */
  writes: { min: 0, max: 1, default: 0 },
  /** Stages of an open run; one of no duration is a jump. */
  stages: { min: 1, max: 20 },
  stageMs: { min: 0, max: 60_000 },
  thresholds: { max: 20 },
  /** Worker processes that answer a run, each with a memory of its own. */
  workers: { min: 1, max: 4, default: 2 },
} as const

/** A run that is given requests and no time is ended after this many milliseconds. */
export const TIME_LIMIT_MS = 120_000
/** Runs that wait for their turn. One lab may have as many of these places as are free, so at most half. */
export const QUEUE = 20
/** A run that asks for it is stopped when nobody has watched it for this long. */
export const UNWATCHED_MS = 30_000
/** How often a snapshot is made. */
export const SNAPSHOT_MS = 100
/** Snapshots kept for those who join late. */
export const SNAPSHOTS = 600
