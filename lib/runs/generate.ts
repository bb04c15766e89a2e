import { performance } from 'node:perf_hooks'
import { arrivals } from './arrivals'
import { SNAPSHOT_MS } from './bounds'
import { type Answer, openClient, type VirtualClient } from './client'
import { gatherFigures } from './figures'
import { drawHosts } from './hosts'
import type { Job, Told } from './job'
import { drawKeys } from './keys'
import { clock, closedLoop, type Loop, openLoop } from './loops'
import { RUN_HEADER } from './run-header'
import { drawWrites } from './writes'

/** Bytes that the caches of all virtual clients may hold together: they are in the app's own process. */
const CACHES_BYTES = 128 * 1024 * 1024

/**
 * Put load on the app: all of a run but its place in the queue. Tells how far it is ten times a second, and the end.
 * When `stop` aborts it ends at once, with the figures it has.
 */
export async function generate(
  { run, addresses, paths, cached, bodies = [], config }: Job,
  tell: (told: Told) => void,
  stop: AbortSignal,
  open = openClient,
): Promise<void> {
  const cacheBytes = cached ? Math.floor(CACHES_BYTES / config.connections) : 0
  const clients = Array.from({ length: config.connections }, () => open(addresses, cacheBytes))
  const cut = () => Promise.all(clients.map((client) => client.destroy()))
  const cutNow = () => void cut()
  stop.addEventListener('abort', cutNow)

  /** Whether an answer came from the network for certain: a failure may not even have got that far. */
  const fromNetwork = ({ failure }: Answer) => !cached && failure === undefined
  /** Draw the path of each request. A warm-up draws others: how many it needs is up to the machine. */
  const drawPaths = (warmUp: boolean) => {
    const next = drawKeys(config.keys, warmUp)
    return () => paths[next()] ?? '/'
  }
  const drive = (loop: Loop, overflow: () => void, { stages }: Pick<typeof config, 'stages'> = config) =>
    config.mode === 'closed'
      ? closedLoop(loop)
      : openLoop(loop, arrivals({ ...config, stages }, config.keys.seed), overflow)

  const looking = setInterval(() => {
    const now = clock()
    for (const client of clients) client.look(now)
  }, SNAPSHOT_MS)
  if (config.warmupMs > 0) await warmUp()
  await measure()
  clearInterval(looking)
  stop.removeEventListener('abort', cutNow)
  await cut()

  /** The same load, but its requests are marked for nobody's count and recorded nowhere. */
  async function warmUp(): Promise<void> {
    const measuringFrom = clock() + config.warmupMs
    const figures = gatherFigures(clock())
    const report = () => {
      const now = clock()
      tell({
        kind: 'progress',
        atMs: Math.min(now - measuringFrom, -1),
        progress: 0,
        measured: figures.measured(now),
        window: figures.slide(now),
      })
    }
    const ticking = setInterval(report, SNAPSHOT_MS)
    const nextPath = drawPaths(true)
    const nextHost = drawHosts(addresses.length, config.keys.seed, true)
    const send = async (client: VirtualClient) => fromNetwork(await client.ask(nextPath(), {}, undefined, nextHost()))
    await drive({ clients, durationMs: config.warmupMs, stop, send }, () => {}, {})
    clearInterval(ticking)
  }

  async function measure(): Promise<void> {
    const from = clock()
    const figures = gatherFigures(from)
    let finished = 0
    const busyBefore = performance.eventLoopUtilization()
    // The clients' own caches are in this loop: what they answer is its work, and no sign of falling behind.
    const busy = () => (cached ? null : performance.eventLoopUtilization(busyBefore).utilization)
    const report = () => {
      const now = clock()
      const progress =
        config.requests === undefined ? (now - from) / (config.durationMs ?? 1) : finished / config.requests
      tell({
        kind: 'progress',
        atMs: now - from,
        progress: Math.min(progress, 1),
        measured: figures.measured(now, busy()),
        window: figures.slide(now),
      })
    }
    const ticking = setInterval(report, SNAPSHOT_MS)
    const headers = { [RUN_HEADER]: run }
    const nextPath = drawPaths(false)
    const nextHost = drawHosts(addresses.length, config.keys.seed)
    const nextBody = drawWrites(config.writes ?? 0, bodies, config.keys.seed)
    const send = async (client: VirtualClient, due: number) => {
      const body = nextBody()
      const sent = clock()
      const answer = await client.ask(nextPath(), headers, body, nextHost())
      // What a stop cut off is no error of the server's.
      if (stop.aborted) return false
      finished += 1
      const now = clock()
      if (body === undefined) figures.record(answer, now - due, now - sent)
      else figures.recordWrite(answer, now - due)
      return fromNetwork(answer)
    }
    const overflow = () => {
      finished += 1
      figures.overflow()
    }
    const { requests, durationMs } = config
    await drive({ clients, requests, durationMs, stop, send, paced: figures.paced }, overflow)
    clearInterval(ticking)
    report()
    tell({ kind: 'end', measured: figures.measured(clock(), busy(), true) })
  }
}
