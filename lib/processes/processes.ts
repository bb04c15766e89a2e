import { problem } from '../http/problem'
import { type LabEntry, TIERS, type Tier } from '../lab/entries'
import type { Elsewhere, Lab } from '../lab/lab'
import type { Clock } from '../reading'
import { type Hosts, hostedBy } from '../runs/hosts'
import { inherited, type Settings } from '../settings'
import { openWorkerPool, type WorkerPool } from '../workers/pool'
import { type Beside, startBeside } from './beside'
import { keptEntries } from './control'
import type { ProcessStates } from './routes'
import type { ToldBatch } from './told'

/** The edge, as far as it is told of. */
export interface EdgeState {
  /** The shared HTTP cache in front of the app. */
  address: string
  /** A second one in the same process, misconfigured on purpose. */
  careless: string
  /** Whether it answers: not while it hangs, or is being replaced. */
  ready: boolean
  restarts: number
}

/** The processes beside the app: what they are asked for, and what they keep of each lab. */
export interface Processes {
  workers: WorkerPool
  /** Have the edge at work. Rejects with the reason where it does not start. */
  openEdge(): Promise<EdgeState>
  /** Those that there are. */
  states(): ProcessStates
  /** End the edge as a crash would. False where there is none. */
  crashEdge(): boolean
  hosts: Hosts
  elsewhere: Elsewhere
  /** Stop what has been idle for long enough; called now and then. */
  look(): void
  close(): Promise<void>
}

/**
 * Open the processes beside the app. None is started before it is asked for.
 * @param parts.lab takes what they tell.
 */
export function openProcesses({
  settings,
  clock,
  lab,
}: {
  settings: Settings
  clock: Clock
  lab(id: string): Pick<Lab, 'told' | 'lost'>
}): Processes {
  const told = ({ process, labs }: ToldBatch) => {
    for (const each of labs) lab(each.lab).told(process, each)
  }
  const lost = (id: string) => lab(id).lost()
  const workers = openWorkerPool({ settings, clock, told, lost })
  const own = hostedBy(settings.address)
  let starting: Promise<Beside> | undefined
  let front: Beside | undefined

  async function openEdge(): Promise<Beside> {
    const command = settings.commands?.edge
    if (!command) throw new Error('This app was started without a command for the edge.')
    starting ??= startBeside({ name: 'edge', command, env: inherited(settings), told, lost })
    try {
      front = await starting
    } catch (error) {
      // Whoever asks next may have more luck.
      starting = undefined
      throw error
    }
    return front
  }
  /** The processes, each with the tier of which it keeps entries. */
  const all = (): { tier: Tier; process: Beside }[] => [
    ...workers.all().map((process) => ({ tier: 'memory' as const, process })),
    ...(front ? [{ tier: 'edge' as const, process: front }] : []),
  ]
  /** Has processes do something to a lab. Throws `process-unresponsive` if one of them hangs, once the others have done it. */
  async function insist(processes: Beside[], ...wanted: Parameters<Beside['insist']>): Promise<void> {
    const done = await Promise.allSettled(processes.map((process) => process.insist(...wanted)))
    const failed = done.find((each) => each.status === 'rejected')
    if (!failed) return
    const detail = failed.reason instanceof Error ? failed.reason.message : String(failed.reason)
    throw problem('process-unresponsive', { detail }, { cause: failed.reason })
  }

  return {
    workers,
    openEdge: async () => stateOf(await openEdge()),
    states: () => ({ edge: front ? stateOf(front) : null, workers: workers.list() }),
    crashEdge() {
      front?.kill()
      return front !== undefined
    },
    hosts: {
      async open({ via, host, workers: count = 1 }) {
        if (via === 'edge') {
          const { addresses, settle } = await openEdge()
          return { addresses: addresses.slice(0, 1), settle, close() {} }
        }
        if (host === 'next') return own.open({ via, host })
        const close = workers.hold()
        try {
          const opened = await workers.open(count)
          return {
            addresses: opened.flatMap(({ addresses }) => addresses.slice(0, 1)),
            settle: async () => void (await Promise.all(opened.map((worker) => worker.settle()))),
            close,
          }
        } catch (error) {
          close()
          throw error
        }
      },
    },
    elsewhere: {
      async entries(id, limit) {
        const kept: { entries: LabEntry[]; total: Partial<Record<Tier, number>>; unavailable: Tier[] } = {
          entries: [],
          total: {},
          unavailable: [],
        }
        await Promise.all(
          all().map(async ({ tier: its, process }) => {
            try {
              if (!process.ready()) throw new Error('It is being replaced, or hangs.')
              const answer = await process.ask('GET', '/entries', { lab: id, limit: String(limit) })
              const { entries, total } = keptEntries.parse(answer)
              kept.entries.push(...entries)
              for (const tier of TIERS) kept.total[tier] = (kept.total[tier] ?? 0) + (total[tier] ?? 0)
            } catch {
              if (!kept.unavailable.includes(its)) kept.unavailable.push(its)
            }
          }),
        )
        return kept
      },
      async clear(id, tier) {
        const keep = all().filter(({ tier: its }) => tier === undefined || its === tier)
        const processes = keep.map(({ process }) => process)
        await insist(processes, 'DELETE', '/entries', { lab: id, ...(tier && { tier }) })
      },
      async redis(id, away) {
        await insist([...workers.all()], 'PUT', '/redis', { lab: id, away: String(away) })
      },
    },
    look: workers.look,
    async close() {
      const edge = await starting?.catch(() => undefined)
      await Promise.all([workers.close(), edge?.stop()])
    },
  }
}

const stateOf = ({ addresses: [address = '', careless = ''], ready, restarts }: Beside): EdgeState => ({
  address,
  careless,
  ready: ready(),
  restarts: restarts(),
})
