import { plural } from '@/app/format'
import { timesInWords } from '@/app/panels/ab-rows'
import { type Comparison, compareGroups, compareRepeats, corrected, REPEATS_MIN } from '@/lib/runs/compare'
import type { Report } from '@/lib/runs/report'
import { COMPARED, type Compared } from './figures'
import { type Group, groupsOf, pairsOf } from './named'

/** How one group of repeats is beside the first. */
export interface GroupComparison {
  /** Letters of the groups. */
  a: string
  b: string
  /** Repeats of each that are compared. */
  repeats: [number, number]
  /** Runs whose metrics are unusable. They are left out, in turns with their partners. */
  unusable: number
  /** They took turns, and are compared pair by pair. */
  turns: boolean
  figures: (Compared & { comparison: Comparison })[]
}

/** Compares each group of repeats with the first. Empty if nothing was repeated: single runs have no interval. */
export function comparisonsOf(reports: readonly Report[]): GroupComparison[] {
  const [first, ...others] = groupsOf(reports)
  if (!first || others.length === 0) return []
  if ([first, ...others].every((group) => group.reports.length < 2)) return []
  return others.map((group) => comparisonOf(reports, first, group))
}

function comparisonOf(reports: readonly Report[], first: Group, group: Group): GroupComparison {
  const pairs = pairsOf(reports, first, group)
  const usable = ({ usable }: Report) => usable.ok
  const used = pairs?.filter(({ a, b }) => usable(a) && usable(b))
  const a = used?.map((pair) => pair.a) ?? first.reports.filter(usable)
  const b = used?.map((pair) => pair.b) ?? group.reports.filter(usable)
  const compare = used ? compareRepeats : compareGroups
  const comparisons = corrected(COMPARED.map(({ of }) => compare(a.map(of), b.map(of))))
  return {
    a: first.letter,
    b: group.letter,
    repeats: [a.length, b.length],
    unusable: [...first.reports, ...group.reports].filter((report) => !usable(report)).length,
    turns: used !== undefined,
    figures: COMPARED.flatMap((compared, i) => {
      const comparison = comparisons[i]
      return comparison ? [{ ...compared, comparison }] : []
    }),
  }
}

/** The method of a comparison, in sentences: for the page and for the HTML report. */
export function methodInWords({ a, b, turns, repeats: [ofA, ofB], unusable }: GroupComparison): string {
  const few = Math.min(ofA, ofB) < REPEATS_MIN
  return [
    `${plural(ofA, 'repeat')} of ${a}, ${ofB} of ${b}.`,
    ...(unusable > 0
      ? [
          `${plural(unusable, 'run')} with unusable metrics ${unusable === 1 ? 'is' : 'are'} left out${turns ? ', each with its partner' : ''}.`,
        ]
      : []),
    few
      ? `An interval needs ${REPEATS_MIN} repeats on each side: run both again.`
      : turns
        ? 'They took turns, so they are compared pair by pair: the geometric mean of the ratios, with Student’s t of their logarithms.'
        : 'The ratio of their geometric means, with Welch’s interval of the logarithms. In turns, what disturbs both would count less.',
    `If an interval contains 1, the two cannot be told apart. The more metrics you compare, the more often one differs by chance, so p and the verdicts are corrected for all ${COMPARED.length} (Holm). Each interval is of its metric alone.`,
  ].join(' ')
}

/** `× 1.42`, or a dash where there is none. */
export const ratioInWords = ({ ratio }: Comparison): string => (ratio === null ? '–' : timesInWords(ratio))

/** `× 1.38 to × 1.46`, or a dash where there is none. */
export const intervalInWords = ({ low, high }: Comparison): string =>
  low === null || high === null ? '–' : `${timesInWords(low)} to ${timesInWords(high)}`
