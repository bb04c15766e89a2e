import { isRepeat } from '@/lib/runs/differences'
import type { Report } from '@/lib/runs/report'

/** A run in a comparison. Repeats share a letter, and each has a number. */
export interface NamedRun {
  /** `A` where it stands alone, else `A1`. */
  name: string
  /** Of its group, from 0. */
  group: number
  report: Report
}

/** Runs that are repeats of each other. */
export interface Group {
  letter: string
  reports: Report[]
}

const letterOf = (group: number) => String.fromCharCode(65 + group)

/** Sort runs into groups of repeats, in the order in which each first comes. */
export function groupsOf(reports: readonly Report[]): Group[] {
  const groups: Group[] = []
  for (const report of reports) {
    const group = groups.find(({ reports: [first] }) => first && isRepeat(first.config, report.config))
    if (group) group.reports.push(report)
    else groups.push({ letter: letterOf(groups.length), reports: [report] })
  }
  return groups
}

/** Name runs by their groups; their order stays. */
export function named(reports: readonly Report[]): NamedRun[] {
  const groups = groupsOf(reports)
  return reports.map((report) => {
    const group = groups.findIndex((each) => each.reports.includes(report))
    const { letter, reports: repeats } = groups[group] ?? { letter: '', reports: [] }
    return { name: repeats.length > 1 ? `${letter}${repeats.indexOf(report) + 1}` : letter, group, report }
  })
}

/**
 * Returns the pairs of two groups that took turns: in the order in which their runs are listed, each two hold one run of
 * each group, whichever comes first. Undefined if they didn't take turns.
 */
export function pairsOf(reports: readonly Report[], a: Group, b: Group): { a: Report; b: Report }[] | undefined {
  const turns = reports.filter((each) => a.reports.includes(each) || b.reports.includes(each))
  if (turns.length < 4 || turns.length % 2 === 1) return undefined
  const pairs = turns.flatMap((one, i) => {
    const other = turns[i + 1]
    if (i % 2 === 1 || !other || a.reports.includes(one) === a.reports.includes(other)) return []
    return [a.reports.includes(one) ? { a: one, b: other } : { a: other, b: one }]
  })
  return pairs.length === turns.length / 2 ? pairs : undefined
}

/** Returns whether every group repeats with the same seeds, so that the seed explains no difference between them. */
export function sharesSeeds(groups: readonly Group[]): boolean {
  const seeds = groups.map(({ reports }) =>
    reports
      .map(({ config }) => config.keys.seed)
      .sort((one, other) => one - other)
      .join(),
  )
  return new Set(seeds).size <= 1
}
