import type { Comparison } from '@/lib/runs/compare'
import { compareGroups, compareRepeats } from '@/lib/runs/compare'
import { isRepeat } from '@/lib/runs/differences'
import type { Report } from '@/lib/runs/report'

/** A run in a comparison: runs of the same config have the same letter, and are told apart by a number. */
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

/** Whether two groups take turns in the order in which their runs are listed: A B A B. */
export function inTurns(reports: readonly Report[], a: Group, b: Group): boolean {
  const turns = reports.filter((each) => a.reports.includes(each) || b.reports.includes(each))
  return (
    turns.length > 2 && turns.length % 2 === 0 && turns.every((each, i) => (i % 2 === 0 ? a : b).reports.includes(each))
  )
}

/** Compare a figure of two groups: pair by pair where they took turns. */
export function compareFigure(
  a: Group,
  b: Group,
  { turns, of }: { turns: boolean; of: (report: Report) => number },
): Comparison {
  return (turns ? compareRepeats : compareGroups)(a.reports.map(of), b.reports.map(of))
}
