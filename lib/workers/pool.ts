import { type Beside, startBeside } from '../processes/beside'
import type { ToldBatch } from '../processes/told'
import type { Clock } from '../reading'
import { inherited, type Settings } from '../settings'

/** Workers that one app has at most. */
export const WORKERS = { min: 1, max: 4 } as const
/** Workers that nobody used for this long are stopped. */
export const IDLE_MS = 300_000

/** A worker, as far as it is told of. */
export interface WorkerState {
  /** Its number, from 1. */
  number: number
  /** Its process, which is what `X-Worker` names. */
  worker: string
  address: string
  /** Whether it answers: not while it hangs, or is being replaced. */
  ready: boolean
  /** How many times it was replaced. */
  restarts: number
}

/** The workers of this app: started when they are asked for, replaced when they die, stopped when they are idle. */
export interface WorkerPool {
  /** Have at least `count` at work. Rejects with the reason where one does not start. */
  open(count: number): Promise<Beside[]>
  /** Have none of them stopped until the returned function is called. */
  hold(): () => void
  /** Have no more than `count` from now on; those that are held stay. */
  shrink(count: number): Promise<void>
  list(): WorkerState[]
  /** Those that are there now. */
  all(): readonly Beside[]
  /** End the worker of this number as a crash would. False where there is none. */
  crash(number: number): boolean
  /** Stop them if they have been idle for long enough; called now and then. */
  look(): void
  close(): Promise<void>
}

/** Open a pool without any workers. */
export function openWorkerPool({
  settings,
  clock,
  told,
  lost,
}: {
  settings: Settings
  clock: Clock
  told(batch: ToldBatch): void
  lost(lab: string): void
}): WorkerPool {
  let workers: Beside[] = []
  let holders = 0
  let usedAt = clock.elapsed()
  /** One change at a time: two that ask for workers at once get the same ones. */
  let changing: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const turn = changing.then(change, change)
    changing = turn.catch(() => {})
    return turn
  }

  async function start(): Promise<Beside> {
    const command = settings.commands?.worker
    if (!command) throw new Error('This app was started without a command for workers.')
    return startBeside({ name: 'worker', command, env: inherited(settings), told, lost })
  }

  const shrink = (count: number) =>
    inTurn(async () => {
      if (holders > 0) return
      const gone = workers.slice(count)
      workers = workers.slice(0, count)
      await Promise.all(gone.map((worker) => worker.stop()))
    })

  return {
    open: (count) =>
      inTurn(async () => {
        usedAt = clock.elapsed()
        const started = await Promise.allSettled(Array.from({ length: Math.max(count - workers.length, 0) }, start))
        workers = [...workers, ...started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))]
        const failed = started.find((each) => each.status === 'rejected')
        if (failed) throw failed.reason
        return workers.slice(0, count)
      }),
    hold() {
      let held = true
      holders += 1
      return () => {
        if (!held) return
        held = false
        holders -= 1
        usedAt = clock.elapsed()
      }
    },
    shrink,
    list: () =>
      workers.map((worker, at) => ({
        number: at + 1,
        worker: String(worker.pid()),
        address: worker.addresses[0] ?? '',
        ready: worker.ready(),
        restarts: worker.restarts(),
      })),
    all: () => workers,
    crash(number) {
      const worker = workers[number - 1]
      worker?.kill()
      return worker !== undefined
    },
    look() {
      if (workers.length > 0 && holders === 0 && clock.elapsed() - usedAt >= IDLE_MS) void shrink(0)
    },
    async close() {
      holders = 0
      await shrink(0)
    },
  }
}
