/** Milliseconds for each character of a command, and the most that a whole one takes. */
const TYPING_MS = 32
const LONGEST_TYPING_MS = 2_200
/** An answer comes as late as it really did, but nobody is to wait long for it. */
const LONGEST_WAIT_MS = 1_500
/** Time to look at an answer before the next command. */
const READING_MS = 1_200

interface Step {
  command: string
  durationMs: number
}

/** What of a step is there at a moment of the replay. */
export interface Shown {
  /** Its turn has come: the prompt is there. */
  begun: boolean
  /** Characters of the command. */
  typed: number
  answered: boolean
}

/** How long the replay of these steps takes, in milliseconds. */
export const replayMs = (steps: readonly Step[]): number => steps.reduce((sum, step) => sum + wholeMs(step), 0)

/** What is there `atMs` milliseconds into the replay, a step at a time. */
export function shownAt(steps: readonly Step[], atMs: number): Shown[] {
  let begins = 0
  return steps.map((step) => {
    const sinceMs = atMs - begins
    begins += wholeMs(step)
    return {
      begun: sinceMs >= 0,
      typed: Math.round(step.command.length * Math.min(Math.max(sinceMs / typingMs(step), 0), 1)),
      answered: sinceMs >= typingMs(step) + waitMs(step),
    }
  })
}

const typingMs = ({ command }: Step) => Math.min(command.length * TYPING_MS, LONGEST_TYPING_MS)
const waitMs = ({ durationMs }: Step) => Math.min(durationMs, LONGEST_WAIT_MS)
const wholeMs = (step: Step) => typingMs(step) + waitMs(step) + READING_MS
