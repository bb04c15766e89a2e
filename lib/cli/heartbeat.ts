import { setTimeout } from 'node:timers/promises'

/** Between a beat that was answered and the next. */
const EVERY_MS = 1_000
/** The time that one beat has for its answer. */
export const BEAT_MS = 2_000
/** Unanswered beats in a row after which a process hangs: ten seconds. Counted, so that our own pauses aren't its fault. */
const MISSED = 5

/** Resolves after `ms`; rejects when the signal aborts first. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>

/** Waits on the system's timers, which keep no process running. */
export const systemWait: Wait = (ms, signal) => setTimeout(ms, undefined, { signal, ref: false })

export interface HeartbeatParts {
  /** Asks the process whether it answers. A rejection counts as no answer. */
  ask(signal: AbortSignal): Promise<unknown>
  /** Called once it no longer answers, and again whenever that begins anew. */
  late?: (() => void) | undefined
  /** Called once it answers again after `late`. */
  back?: (() => void) | undefined
  /** Called once, after {@link MISSED} beats without an answer; there are no more of them then. */
  hung(): void
  wait?: Wait | undefined
}

/** Asks a process every second whether it answers. Gives the function that ends this. */
export function startHeartbeat({ ask, late, back, hung, wait = systemWait }: HeartbeatParts): () => void {
  const stopping = new AbortController()
  let beat = new AbortController()

  /** Whether it answered in time. One that refuses at once still has until the deadline. */
  async function answers(): Promise<boolean> {
    beat = new AbortController()
    const missed = wait(BEAT_MS, beat.signal).then(() => false)
    try {
      return await Promise.race([
        missed,
        ask(beat.signal).then(
          () => true,
          () => missed,
        ),
      ])
    } finally {
      beat.abort()
      missed.catch(() => {})
    }
  }

  async function follow(): Promise<void> {
    for (let missed = 0; missed < MISSED; ) {
      const answered = await answers()
      stopping.signal.throwIfAborted()
      if (answered) {
        if (missed > 0) back?.()
        missed = 0
        await wait(EVERY_MS, stopping.signal)
      } else {
        if (missed === 0) late?.()
        missed += 1
      }
    }
    hung()
  }
  // It rejects when it's stopped, and in no other way.
  follow().catch(() => {})
  return () => {
    stopping.abort()
    beat.abort()
  }
}
