import type { LabEvent } from '../lab/events'
import { type Check, defineCheck } from './check'

interface State {
  count: number
  last?: LabEvent
}

/**
 * So many rows of a kind were seen: an eviction, an invalidation, an error of a tier with the detail `unavailable`. Rows
 * of runs count too. It waits, and never fails.
 */
export function rowsShow({
  say,
  expects,
  is,
  times = 1,
}: {
  say: string
  /** What is waited for: `three evictions`. */
  expects: string
  is(row: LabEvent): boolean
  times?: number
}): Check {
  return defineCheck<State>({
    initial: { count: 0 },
    reduce: (state, evidence) =>
      state.count < times && evidence.kind === 'row' && is(evidence.row)
        ? { count: state.count + 1, last: evidence.row }
        : state,
    verdict({ count, last }) {
      const done = count >= times
      const soFar = times > 1 ? ` (${count} of ${times} so far)` : ''
      return {
        status: done ? 'passed' : 'open',
        goals: [
          done && last
            ? { say, done, seen: times > 1 ? `${times} times, the last ${seenIn(last)}` : seenIn(last) }
            : { say, done, expects: `${expects}${soFar}`, mark: 'next' },
        ],
      }
    },
  })
}

/** The row in a few words: `#41 eviction in memory, tasks/7`. */
const seenIn = ({ request, kind, tier, key, detail }: LabEvent): string =>
  `#${request} ${kind}${tier === undefined ? '' : ` in ${tier}`}, ${key}${detail === undefined ? '' : ` (${detail})`}`
