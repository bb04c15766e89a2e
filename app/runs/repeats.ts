import { timesInWords } from '@/app/panels/ab-rows'
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

/** `× 1.42`, or a dash where there is none. */
export const ratioInWords = ({ ratio }: Comparison): string => (ratio === null ? '–' : timesInWords(ratio))

/** `× 1.38 to × 1.46`, or a dash where there is none. */
export const intervalInWords = ({ low, high }: Comparison): string =>
  low === null || high === null ? '–' : `${timesInWords(low)} to ${timesInWords(high)}`
