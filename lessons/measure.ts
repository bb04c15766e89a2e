import type { Report } from '@/lib/runs/report'
import type { Seen } from './lesson'

/** Which runs are meant: those of these strategies, resources or settings. */
export interface RunMatch {
  strategy?: string
  resource?: string
  /** Seconds. */
  ttl?: number
  connections?: number
  /** The value of a parameter, as text. */
  params?: Readonly<Record<string, string>>
}

/** The last run that fits. */
export const lastRun = ({ reports }: Seen, match: RunMatch = {}): Report | undefined =>
  reports.findLast(({ config }) => fits(config, match))

/** How many times as large a figure is in the last run that fits `of` as in the last that fits `to`. */
export function ratioOf(
  seen: Seen,
  figure: (report: Report) => number,
  of: RunMatch,
  to: RunMatch,
): number | undefined {
  const above = lastRun(seen, of)
  const below = lastRun(seen, to)
  return above && below && figure(below) > 0 ? figure(above) / figure(below) : undefined
}

/** A share as a prediction in percent takes it. */
export const inPercent = (share: number | undefined): number | undefined =>
  share === undefined ? undefined : share * 100

function fits(config: Report['config'], { params = {}, ...match }: RunMatch): boolean {
  return (
    Object.entries(match).every(([name, value]) => config[name as keyof typeof match] === value) &&
    Object.entries(params).every(([name, value]) => String(config.params[name]) === value)
  )
}
