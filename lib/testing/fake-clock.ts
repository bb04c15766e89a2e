import type { Clock } from '../reading'

/** A clock that moves only when it is told to. It starts at a fixed date; durations are all zero unless it moves. */
export function fakeClock(start = Date.UTC(2026, 0, 1, 12)): FakeClock {
  let passedMs = 0
  let setMs = 0
  return {
    now: () => start + passedMs + setMs,
    elapsed: () => passedMs,
    steady: () => passedMs,
    advance(ms) {
      passedMs += ms
    },
    set(ms) {
      setMs += ms
    },
  }
}

export interface FakeClock extends Clock {
  /** Lets time pass, by both clocks. */
  advance(ms: number): void
  /** Sets the time of day forward, or back if negative: as after a sleep, or by hand. No time passes. */
  set(ms: number): void
}
