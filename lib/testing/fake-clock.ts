import type { Clock } from '../reading'

/** A clock that moves only when it is told to. It starts at a fixed date; durations are all zero unless it moves. */
export function fakeClock(start = Date.UTC(2026, 0, 1, 12)): Clock & { advance(ms: number): void } {
  let now = start
  return {
    now: () => now,
    elapsed: () => now - start,
    steady: () => now - start,
    advance(ms) {
      now += ms
    },
  }
}
