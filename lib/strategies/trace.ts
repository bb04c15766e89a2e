import type { Clock, Entry, Load, Loaded, Outcome, Reading, Step, StepResult } from '../reading'

/** Follows one read from tier to tier and turns what happened into a {@link Reading}. */
export interface Trace {
  /** A step has ended: it took the time since the last one, or since the start. */
  lap(tier: string, result: StepResult): void
  /** Something happened to another key on the way, in no time of its own. */
  note(tier: string, result: StepResult, key: string): void
  /** Call the origin, and count that. */
  origin<T>(load: Load<T>): Promise<Loaded<T> | undefined>
  /** The finished reading of the entry that answers; without one, of a thing that does not exist. */
  end<T>(outcome: Outcome, entry: Entry<T> | undefined, etag?: string): Reading<T>
}

/** Start following one read. Durations are milliseconds of `clock.elapsed`. */
export function startTrace(clock: Clock): Trace {
  const steps: Step[] = []
  let originCalls = 0
  let last = clock.elapsed()

  const lap = (tier: string, result: StepResult, more?: Partial<Step>) => {
    const now = clock.elapsed()
    steps.push({ tier, result, durMs: now - last, ...more })
    last = now
  }
  return {
    lap,
    note: (tier, result, key) => steps.push({ tier, result, durMs: 0, key }),
    async origin(load) {
      last = clock.elapsed()
      originCalls += 1
      const loaded = await load()
      lap('origin', loaded ? 'loaded' : 'absent', { queries: loaded?.queries, addedMs: loaded?.addedMs })
      return loaded
    },
    end: (outcome, entry, etag) => ({ outcome, value: entry?.value, entry, etag, steps, originCalls }),
  }
}
