import { count, estimated, ms, percent, perSecond } from '@/app/format'
import { type Comparison, compareRepeats, corrected, verdictInWords } from '@/lib/runs/compare'
import { isEstimate, PERCENTILES } from '@/lib/runs/estimate'
import type { AbFigures, Pair } from './ab'

/** A figure of which the pairs are compared. */
export interface AbColumn {
  id: keyof AbFigures
  name: string
  of: (figures: AbFigures) => number
  write: (value: number) => string
  /** The percentile that it is, from 0 to 100, if it is one. */
  percentile?: number
  /** What less and more of it are. */
  words: { less: string; more: string }
}

export const AB_COLUMNS: readonly AbColumn[] = [
  {
    id: 'p50',
    name: 'p50',
    of: (f) => f.p50,
    write: ms,
    percentile: PERCENTILES.p50,
    words: { less: 'B faster', more: 'B slower' },
  },
  {
    id: 'p99',
    name: 'p99',
    of: (f) => f.p99,
    write: ms,
    percentile: PERCENTILES.p99,
    words: { less: 'B faster', more: 'B slower' },
  },
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

/** Returns a metric of one run as it is written: ≈ before a percentile that is an estimate. */
export function written({ of, write, percentile }: AbColumn, figures: AbFigures): string {
  const { count: requests } = figures
  const isRough = percentile !== undefined && requests !== undefined && isEstimate(percentile, requests)
  return estimated(write(of(figures)), isRough)
}

const GAP = '\u202f'

/** Returns the ratio of B to A: `× 0.341`, or `the same`. There is no ratio to 0. */
export function ratioInWords(a: number, b: number): string {
  if (a === b) return 'the same'
  return a > 0 ? timesInWords(b / a) : 'from 0'
}

/** Three digits that mean something: `× 0.341`, `× 12.5`, `× 1,240`. */
export const timesInWords = (ratio: number): string =>
  `×${GAP}${ratio.toLocaleString('en-US', { maximumSignificantDigits: 3 })}`

/** What all pairs together say of a metric. */
export interface AbVerdict {
  column: AbColumn
  ratio: string
  /** The 95% confidence interval of the ratio. */
  interval: string
  /** How often chance alone makes such a difference, corrected for the number of metrics. */
  p: string
  verdict: string
}

/** Compares every metric over all pairs, and corrects the verdicts for how many metrics there are. */
export function verdictsOf(pairs: readonly Pair[]): AbVerdict[] {
  const values = AB_COLUMNS.map(({ of }) => ({ a: pairs.map(({ A }) => of(A)), b: pairs.map(({ B }) => of(B)) }))
  const comparisons = corrected(values.map(({ a, b }) => compareRepeats(a, b)))
  return AB_COLUMNS.flatMap((column, i) => {
    const [comparison, { a, b }] = [comparisons[i], values[i] ?? { a: [], b: [] }]
    return comparison ? [{ column, ...inWords(comparison, a, b, column.words) }] : []
  })
}

function inWords(
  comparison: Comparison,
  a: readonly number[],
  b: readonly number[],
  words: AbColumn['words'],
): Omit<AbVerdict, 'column'> {
  const { ratio, low, high, p, verdict } = comparison
  return {
    ratio: ratio === null ? '–' : timesInWords(ratio),
    interval: low === null || high === null ? '–' : `${timesInWords(low)} to ${digitsOf(high)}`,
    p: pInWords(p),
    verdict: ratio === null && verdict !== 'same' ? withoutRatio(a, b, words) : verdictInWords(comparison, words),
  }
}

/** Returns a p value as it is written: three decimals, or `< 0.001`; a dash if there is none. */
export const pInWords = (p: number | null): string => (p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3))

const digitsOf = (ratio: number) => timesInWords(ratio).slice(2)

/** A metric of 0 has no ratio, but if all pairs agree, their direction can be said. */
function withoutRatio(a: readonly number[], b: readonly number[], { less, more }: AbColumn['words']): string {
  if (a.length === 0) return 'no pair yet'
  const signs = new Set(a.map((value, i) => Math.sign((b[i] ?? 0) - value)))
  return signs.size > 1 ? 'no ratio to 0' : `${signs.has(1) ? more : less} in all pairs`
}
