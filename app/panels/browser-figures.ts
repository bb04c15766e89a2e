import type { AnsweredBy } from './answered-by'
import type { Sent } from './send'

/** What a fetch of a run from the browser came to. */
export type Fetched = Pick<Sent, 'by' | 'status' | 'roundTripMs' | 'transferBytes'>

/** Those of one kind: who answered, or that nobody did. */
export interface BrowserLine {
  by: AnsweredBy | 'failed' | 'all'
  count: number
  /** 0 to 1, of all. */
  share: number
  /** Milliseconds of the whole round trip; undefined where there is nothing to measure. */
  p50?: number
  p95?: number
  max?: number
  /** That came over the network, headers reckoned as 300 for each answer. */
  bytes: number
}

const KINDS = ['browser', 'browser-revalidated', 'network', 'failed'] as const

/** The figures of a run from the browser: a line for each kind that occurred, and one for all that was answered. */
export function browserFigures(fetched: readonly Fetched[]): BrowserLine[] {
  const kindOf = ({ by, status }: Fetched) => (status === 0 ? 'failed' : by)
  const lines = KINDS.map((kind) =>
    lineOf(
      kind,
      fetched.filter((each) => kindOf(each) === kind),
      fetched.length,
    ),
  )
  const answered = fetched.filter((each) => kindOf(each) !== 'failed')
  return [...lines.filter(({ count }) => count > 0), lineOf('all', answered, fetched.length)]
}

function lineOf(by: BrowserLine['by'], fetched: readonly Fetched[], all: number): BrowserLine {
  const sorted = fetched.map(({ roundTripMs }) => roundTripMs).sort((a, b) => a - b)
  /** The nearest-rank percentile of the times themselves: there are few enough to keep them all. */
  const at = (share: number) => sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)]
  return {
    by,
    count: fetched.length,
    share: all === 0 ? 0 : fetched.length / all,
    ...(by !== 'failed' && { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) }),
    bytes: fetched.reduce((sum, { transferBytes }) => sum + transferBytes, 0),
  }
}
