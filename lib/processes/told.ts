import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { type LabCounters, type LabEvent, labCounters, labEvent } from '../lab/events'
import { newTotals, type Totals } from '../runs/tally'

/**
 * What a process beside the app tells it: rows of the labs' logs as they happened, and totals since the process began.
 * Rows may be left out, totals are absolute, so that nothing that is lost on the way makes them wrong.
 */

/** Rows of one lab that wait to be fetched; of more than these the oldest are left out, and counted. */
const ROWS = 2_000
/** Labs, and runs of a lab, that are remembered: as many labs as the app itself holds. */
const LABS = 200
const RUNS = 20

const total = z.number().min(0)
const totals = z.object({ originCalls: total, answers: total, ageSumMs: total, ageMaxMs: total })

/** One lab in a batch. */
export const toldLab = z.object({
  lab: z.string(),
  rows: z.array(labEvent.omit({ seq: true })),
  omitted: z.int().min(0),
  counters: labCounters.describe('of this process alone, since it began'),
  runs: z.record(z.string(), totals).describe('by run, of this process alone'),
})
export type ToldLab = z.infer<typeof toldLab>

/** What was gathered since the last batch, numbered from 1 in each life of a process. */
export const toldBatch = z.object({ process: z.string(), number: z.int().min(1), labs: z.array(toldLab) })
export type ToldBatch = z.infer<typeof toldBatch>

/** A lab of which a process has something to tell, and the batch that will tell it. */
export interface Unsent extends Pick<ToldBatch, 'process' | 'number'> {
  lab: string
}

/**
 * The line by which a process announces what it has yet to tell. Output survives a process, so that the app knows what was
 * lost with one that crashed.
 */
export const unsentLine = ({ process, number, lab }: Unsent): string => `unsent ${process} ${number} ${lab}`

/** Reads {@link unsentLine}; undefined if the line says something else. */
export function readUnsent(line: string): Unsent | undefined {
  const [, process, number, lab] = /^unsent (\S+) (\d+) (\S+)$/.exec(line) ?? []
  return process && number && lab ? { process, number: Number(number), lab } : undefined
}

/** A row as a process tells of it. */
export type ToldRow = Omit<LabEvent, 'seq'>

/** Gathers, in a process beside the app, what it has to tell. */
export interface Gatherer {
  /** The process that it gathers for. */
  process: string
  /** Something happened in a lab: its counters have changed, and these rows came about. */
  record(lab: string, rows: readonly ToldRow[]): void
  /** The totals of a run in this process, to be counted on from; they start at nothing. */
  run(lab: string, run: string): Totals
  /**
   * Gives everything since the last batch; that batch again, if it never arrived.
   * @param arrived the number of the last batch that did.
   */
  take(arrived: number): ToldBatch
  /** Ends a wait for something to take. Gives the batch with which everything so far has been sent. */
  flush(): Pick<ToldBatch, 'process' | 'number'>
  /** Resolves as soon as there is something to take, or to send again, or after `ms`. `arrived` is that of `take`. */
  something(ms: number, arrived: number): Promise<void>
}

interface Gathered {
  rows: ToldRow[]
  omitted: number
  runs: LRUCache<string, Totals>
}

/**
 * Open what gathers for a process.
 * @param name its own, and not that of the process that it replaces.
 * @param countersOf what it has counted for a lab since it began.
 * @param unsent called when there is something of a lab that no batch has taken yet, with the number of the batch that
 * will. It stands in the way of a request: be quick.
 */
export function openGatherer(
  name: string,
  countersOf: (lab: string) => LabCounters,
  unsent: (unsent: Unsent) => void = () => {},
): Gatherer {
  const labs = new LRUCache<string, Gathered>({ max: LABS })
  const changed = new Set<string>()
  let last: ToldBatch = { process: name, number: 0, labs: [] }
  let wake: (() => void) | undefined

  const of = (lab: string): Gathered => {
    const known = labs.get(lab)
    if (known) return known
    const made: Gathered = { rows: [], omitted: 0, runs: new LRUCache({ max: RUNS }) }
    labs.set(lab, made)
    return made
  }
  const touch = (lab: string): Gathered => {
    if (!changed.has(lab)) {
      changed.add(lab)
      unsent({ process: name, number: last.number + 1, lab })
      wake?.()
    }
    return of(lab)
  }

  /** Whether the last batch is to be sent again. One that is empty may be lost. */
  const isLost = (arrived: number): boolean => last.labs.length > 0 && arrived < last.number

  return {
    process: name,
    record(lab, rows) {
      const gathered = touch(lab)
      gathered.rows.push(...rows)
      if (gathered.rows.length > ROWS) gathered.omitted += gathered.rows.splice(0, gathered.rows.length - ROWS).length
    },
    run(lab, run) {
      const { runs } = touch(lab)
      const known = runs.get(run)
      if (known) return known
      const made = newTotals()
      runs.set(run, made)
      return made
    },
    take(arrived) {
      if (isLost(arrived)) return last
      const told = [...changed].map((lab): ToldLab => {
        const gathered = of(lab)
        const { rows, omitted, runs } = gathered
        gathered.rows = []
        gathered.omitted = 0
        return { lab, rows, omitted, counters: countersOf(lab), runs: Object.fromEntries(runs.entries()) }
      })
      changed.clear()
      last = { process: name, number: last.number + 1, labs: told }
      return last
    },
    flush() {
      wake?.()
      return { process: name, number: changed.size > 0 ? last.number + 1 : last.number }
    },
    async something(ms, arrived) {
      if (changed.size > 0 || isLost(arrived)) return
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        wake = resolve
        timer = setTimeout(resolve, ms)
      })
      clearTimeout(timer)
      wake = undefined
    },
  }
}
