import type { Comparison } from '@/lib/runs/compare'
import type { Report } from '@/lib/runs/report'
import { COMPARED, type Compared } from './figures'
import { compareFigure, groupsOf, inTurns } from './named'

/** How one group of repeats is beside the first. */
export interface GroupComparison {
  /** Letters of the groups. */
  a: string
  b: string
  /** Repeats of each. */
  repeats: [number, number]
  /** They took turns, and are compared pair by pair. */
  turns: boolean
  figures: (Compared & { comparison: Comparison })[]
}

/** Each group of repeats beside the first. Nothing where nothing was repeated: of single runs no interval can be given. */
export function comparisonsOf(reports: readonly Report[]): GroupComparison[] {
  const [first, ...others] = groupsOf(reports)
  if (!first || others.length === 0) return []
  if ([first, ...others].every((group) => group.reports.length < 2)) return []
  return others.map((group) => {
    const turns = inTurns(reports, first, group)
    return {
      a: first.letter,
      b: group.letter,
      repeats: [first.reports.length, group.reports.length],
      turns,
      figures: COMPARED.map((compared) => ({
        ...compared,
        comparison: compareFigure(first, group, { turns, of: compared.of }),
      })),
    }
  })
}

const GAP = '\u202f'
/** Three digits, and no more than three decimals. */
const factor = (value: number): string => {
  const decimals = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0
  return `×${GAP}${value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`
}

/** `× 1.42`, or a dash where there is none. */
export const ratioInWords = ({ ratio }: Comparison): string => (ratio === null ? '–' : factor(ratio))

/** `× 1.38 to × 1.46`, or a dash where there is none. */
export const intervalInWords = ({ low, high }: Comparison): string =>
  low === null || high === null ? '–' : `${factor(low)} to ${factor(high)}`
