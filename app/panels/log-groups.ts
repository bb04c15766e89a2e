import { isOutcome } from '@/app/parts/outcome'
import type { LabEvent } from '@/lib/lab/events'

/** All that the log tells of one request: what happened on its way, in that order, and its outcome. */
export interface LogGroup {
  request: number
  /** The seq of its first row: names the group within an epoch. */
  first: number
  at: number
  key: string
  resource: string
  strategy: string
  worker: string
  run?: string
  /** Undefined for a write, and while the row is not here. */
  outcome?: LabEvent
  steps: LabEvent[]
  /** Rows between the group before and this one that are not here. */
  missing: number
}

export interface LogFilter {
  kind?: string
  strategy?: string
  /** Part of a key. */
  key?: string
}

/** Put the rows of each request together, oldest first. Rows of one request follow each other. */
export function groupRows(rows: readonly LabEvent[]): LogGroup[] {
  const groups: LogGroup[] = []
  let before: LabEvent | undefined
  for (const row of rows) {
    const gap = before ? row.seq - before.seq - 1 : 0
    let group = groups.at(-1)
    if (!group || group.request !== row.request || gap > 0) {
      const { request, at, key, resource, strategy, worker, run } = row
      group = { request, first: row.seq, at, key, resource, strategy, worker, run, steps: [], missing: gap }
      groups.push(group)
    }
    // An error of a tier is a step on the way; an error that is the outcome comes last and names no tier or the origin.
    const ends = isOutcome(row.kind) && !(row.kind === 'error' && row.tier !== undefined && row.tier !== 'origin')
    if (ends) {
      group.outcome = row
      group.key = row.key
    } else group.steps.push(row)
    before = row
  }
  return groups
}

/** The groups in which something fits the filter; gaps are those of the whole log and left out here. */
export const filterGroups = (groups: readonly LogGroup[], { kind, strategy, key }: LogFilter): readonly LogGroup[] =>
  !kind && !strategy && !key
    ? groups
    : groups
        .filter(
          (group) =>
            (!kind || group.outcome?.kind === kind || group.steps.some((step) => step.kind === kind)) &&
            (!strategy || group.strategy === strategy) &&
            (!key || group.key.includes(key)),
        )
        .map((group) => ({ ...group, missing: 0 }))

/** The groups as text: a line a row, fields parted by tabs. */
export const groupsText = (groups: readonly LogGroup[]): string =>
  groups
    .flatMap(({ steps, outcome }) => [...steps, ...(outcome ? [outcome] : [])])
    .map(({ at, kind, key, strategy, tier, durMs, queries, addedMs, request, worker, detail }) =>
      [
        new Date(at).toISOString(),
        `#${request}`,
        kind,
        key,
        strategy,
        tier ?? '',
        durMs ?? '',
        queries ?? '',
        addedMs ?? '',
        worker,
        detail ?? '',
      ].join('\t'),
    )
    .join('\n')
