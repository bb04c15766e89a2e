/** A line in which labs take turns. */
export interface Turns<R> {
  /** How many wait. */
  readonly size: number
  add(run: R): void
  /** Take the one whose turn it is. */
  next(): R | undefined
  /** Take one out of the line. False where it does not wait. */
  remove(run: R): boolean
  /** Those that wait, the next first. */
  waiting(): R[]
}

/**
 * Open a line in which the first runs of all labs come before the second of any: who queues ten waits for nobody's
 * benefit but their own. Each run joins a round, that after its lab's last or the one being served, and rounds are served in
 * their order (start-time fair queueing with runs of one length; P. Goyal et al., SIGCOMM 1996).
 */
export function createTurns<R>(labOf: (run: R) => string): Turns<R> {
  let line: { run: R; round: number }[] = []
  let serving = 0
  /** The round of each lab's last run, for labs that have had or wait for one in the present round or later. */
  let last = new Map<string, number>()
  return {
    get size() {
      return line.length
    },
    add(run) {
      const lab = labOf(run)
      const round = Math.max(serving, (last.get(lab) ?? serving - 1) + 1)
      last.set(lab, round)
      // A stable sort: within a round they stay as they came.
      line = [...line, { run, round }].sort((a, b) => a.round - b.round)
    },
    next() {
      const first = line.shift()
      if (!first) return undefined
      serving = first.round
      last = new Map([...last].filter(([, round]) => round >= serving))
      return first.run
    },
    remove(run) {
      const before = line.length
      line = line.filter((each) => each.run !== run)
      return line.length < before
    },
    waiting: () => line.map(({ run }) => run),
  }
}
