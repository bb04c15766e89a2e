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
  /** Not while one that died is being replaced. */
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
  lab(id: string): Pick<Lab, 'told'>
}): Processes {
  const told = ({ process, labs }: ToldBatch) => {
    for (const each of labs) lab(each.lab).told(process, each)
  }
  const workers = openWorkerPool({ settings, clock, told })
  const own = hostedBy(settings.address)
  let starting: Promise<Beside> | undefined
  let front: Beside | undefined

  async function openEdge(): Promise<Beside> {
    const command = settings.commands?.edge
    if (!command) throw new Error('This app was started without a command for the edge.')
    starting ??= startBeside({ name: 'edge', command, env: inherited(settings), told })
    try {
      front = await starting
    } catch (error) {
      // Whoever asks next may have more luck.
      starting = undefined
      throw error
    }
    return front
  }
  const all = (): Beside[] => [...workers.all(), ...(front ? [front] : [])]
  /** Those that cannot answer have nothing to say: one that was replaced has forgotten everything. */
  const askAll = (...question: Parameters<Beside['ask']>) =>
    Promise.allSettled(all().map((process) => process.ask(...question)))

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
          unavailable: front && !front.ready() ? ['edge'] : [],
        }
        for (const answer of await askAll('GET', '/entries', { lab: id, limit: String(limit) })) {
          if (answer.status === 'rejected') continue
          const { entries, total } = keptEntries.parse(answer.value)
          kept.entries.push(...entries)
          for (const tier of TIERS) kept.total[tier] = (kept.total[tier] ?? 0) + (total[tier] ?? 0)
        }
        return kept
      },
      async clear(id, tier) {
        await askAll('DELETE', '/entries', { lab: id, ...(tier && { tier }) })
      },
      async redis(id, away) {
        await askAll('PUT', '/redis', { lab: id, away: String(away) })
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
