import type { Seen, SentRequest } from '@/lessons/lesson'
import type { Report } from '@/lib/runs/report'

/** Runs and requests of an experiment that are kept for its measure: more than any of them takes. */
const REPORTS = 16
const SENT = 200

export const nothingSeen: Seen = { reports: [], sent: [], figures: {} }

/** Something that a panel tells its experiment. */
export type Told =
  | { kind: 'report'; report: Report }
  | { kind: 'request'; sent: SentRequest }
  | { kind: 'figure'; name: string; value: number }

/**
 * Returns what an experiment has seen after this, too. A report replaces an earlier one of the same run. One with unusable
 * metrics is never seen, so no prediction is scored by it.
 */
export function addTold(seen: Seen, told: Told): Seen {
  switch (told.kind) {
    case 'report': {
      if (!told.report.usable.ok) return seen
      const others = seen.reports.filter(({ run }) => run !== told.report.run)
      return { ...seen, reports: [...others, told.report].slice(-REPORTS) }
    }
    case 'request':
      return { ...seen, sent: [...seen.sent, told.sent].slice(-SENT) }
    case 'figure':
      return { ...seen, figures: { ...seen.figures, [told.name]: told.value } }
  }
}

const nameOf = (experiment: string) => `hitrate:seen:${experiment}`

/** What this tab had seen of an experiment before it was loaded anew. */
export function keptSeen(experiment: string): Seen {
  try {
    const text = sessionStorage.getItem(nameOf(experiment))
    return text ? (JSON.parse(text) as Seen) : nothingSeen
  } catch {
    // Storage is closed to this page, or holds something else: begin anew.
    return nothingSeen
  }
}

/** Keep it for as long as the tab lives: an experiment of two runs survives a reload between them. */
export function keepSeen(experiment: string, seen: Seen): void {
  try {
    if (seen === nothingSeen) sessionStorage.removeItem(nameOf(experiment))
    else sessionStorage.setItem(nameOf(experiment), JSON.stringify(seen))
  } catch {
    // Then a reload begins anew.
  }
}
