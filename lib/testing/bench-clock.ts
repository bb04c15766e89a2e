import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Clock } from '../reading'

/** A clock whose time of day stands still unless it is moved, and runs while something real is measured. */
export interface BenchClock extends Clock {
  advance(ms: number): void
  /** Let time pass as it does outside. Gives the function that stops it again. */
  flow(): () => void
  /** Wait: really while time passes, else by moving the clock. Those who wait at the same moment wait together. */
  wait(ms: number): Promise<void>
}

/** Start at a fixed date. Durations are real all the time, and what is skipped counts as gone by. */
export function benchClock(start = Date.UTC(2026, 0, 1, 12)): BenchClock {
  let skippedMs = 0
  let passedMs = 0
  let flowingFrom: number | undefined
  const now = () =>
    Math.floor(start + skippedMs + passedMs + (flowingFrom === undefined ? 0 : performance.now() - flowingFrom))
  const advance = (ms: number) => {
    skippedMs += ms
  }
  return {
    now,
    elapsed: () => performance.now() + skippedMs,
    steady: () => now() - start,
    advance,
    flow() {
      const from = performance.now()
      flowingFrom = from
      return () => {
        passedMs += performance.now() - from
        flowingFrom = undefined
      }
    },
    async wait(ms) {
      if (flowingFrom !== undefined) return setTimeout(ms)
      const due = now() + ms
      await setImmediate()
      advance(Math.max(due - now(), 0))
    },
  }
}
