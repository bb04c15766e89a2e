import { count, ms, percent, perSecond } from '@/app/format'
import { type Comparison, compareRepeats, verdictInWords } from '@/lib/runs/compare'
import type { AbFigures, Pair } from './ab'

/** A figure of which the pairs are compared. */
export interface AbColumn {
  id: keyof AbFigures
  name: string
  of: (figures: AbFigures) => number
  write: (value: number) => string
  /** What less and more of it are. */
  words: { less: string; more: string }
}

export const AB_COLUMNS: readonly AbColumn[] = [
  { id: 'p50', name: 'p50', of: (f) => f.p50, write: ms, words: { less: 'B faster', more: 'B slower' } },
  { id: 'p99', name: 'p99', of: (f) => f.p99, write: ms, words: { less: 'B faster', more: 'B slower' } },
  {
    id: 'throughput',
    name: 'Throughput',
    of: (f) => f.throughput,
    write: perSecond,
    words: { less: 'less with B', more: 'more with B' },
  },
  {
    id: 'hitRate',
    name: 'Hit rate',
    of: (f) => f.hitRate,
    write: percent,
    words: { less: 'lower with B', more: 'higher with B' },
  },
  {
    id: 'originCalls',
    name: 'Origin calls',
    of: (f) => f.originCalls,
    write: count,
    words: { less: 'fewer with B', more: 'more with B' },
  },
]

const GAP = '\u202f'

/** A ratio of B to A: `× 0.341`. Of nothing there is none. */
export function ratioInWords(a: number, b: number): string {
  if (a === b) return `×${GAP}1`
  return a > 0 ? timesInWords(b / a) : 'from 0'
}

/** Three digits that mean something: `× 0.341`, `× 12.5`, `× 1,240`. */
export const timesInWords = (ratio: number): string =>
  `×${GAP}${ratio.toLocaleString('en-US', { maximumSignificantDigits: 3 })}`

/** What all pairs together say of a figure. */
export interface AbVerdict {
  ratio: string
  /** The 95 % confidence interval of the ratio. */
  interval: string
  verdict: string
  comparison: Comparison
}

/** Compare one figure over all pairs. */
export function verdictOf({ of, words }: AbColumn, pairs: readonly Pair[]): AbVerdict {
  const a = pairs.map(({ A }) => of(A))
  const b = pairs.map(({ B }) => of(B))
  const comparison = compareRepeats(a, b)
  const { ratio, low, high } = comparison
  return {
    ratio: ratio === null ? '–' : timesInWords(ratio),
    interval: low === null || high === null ? '–' : `${timesInWords(low)} to ${digitsOf(high)}`,
    verdict: ratio === null ? withoutRatio(a, b, words) : verdictInWords(comparison, words),
    comparison,
  }
}

const digitsOf = (ratio: number) => timesInWords(ratio).slice(2)

/** Where a figure was 0 there is nothing to divide by; it can still be said if all pairs agree. */
function withoutRatio(a: readonly number[], b: readonly number[], { less, more }: AbColumn['words']): string {
  if (a.length === 0) return 'no pair yet'
  const signs = new Set(a.map((value, i) => Math.sign((b[i] ?? 0) - value)))
  if (signs.size > 1) return 'no ratio to 0'
  return signs.has(0) ? 'the same in all pairs' : `${signs.has(1) ? more : less} in all pairs`
}
