import type { GeneratorFigures, Latency } from './report'

/**
 * Milliseconds that one request in a hundred may be sent late by. A millisecond is what a timer gives; ten are a
 * pause of the generator itself, which it would report as the server's.
 */
export const LATE_MS = 10
/** Above this part of the time a closed loop waits for itself: the next answer lies unread while this one is worked on. */
export const BUSY = 0.95

/**
 * Judge whether a generator kept up with what it was to send.
 * @param pacing how late it came to what was due, of an open loop.
 * @param busy the part of the time in which its event loop worked; null where clients with a cache of their own are a part
 * of what is measured, and keep it at work.
 */
export function judgeGenerator(pacing: Latency | undefined, busy: number | null): GeneratorFigures {
  if (pacing) {
    const { p50, p99, max } = pacing
    const late = p99 > LATE_MS
    const why = late
      ? `One request in a hundred was sent over ${LATE_MS} ms late, by the load generator itself.`
      : undefined
    return { pacingMs: { p50, p99, max }, busy: null, usable: !late, ...(why && { why }) }
  }
  const full = busy !== null && busy > BUSY
  const why = full
    ? `The load generator worked for over ${BUSY * 100} % of the time: what it measured is itself.`
    : undefined
  return { pacingMs: null, busy, usable: !full, ...(why && { why }) }
}
