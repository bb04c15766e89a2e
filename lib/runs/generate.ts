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
import { answered, openSampler } from './samples'
import { trackVersions } from './staleness'
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
  const pathOf = (key: number) => paths[key] ?? '/'
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
    // It draws others than are measured: how many it needs is up to the machine.
    const nextKey = drawKeys(config.keys, true)
    const nextHost = drawHosts(addresses.length, config.keys.seed, true)
    const send = async (client: VirtualClient) =>
      fromNetwork(await client.ask(pathOf(nextKey()), {}, undefined, nextHost()))
    await drive({ clients, durationMs: config.warmupMs, stop, send }, () => {}, {})
    clearInterval(ticking)
  }

  async function measure(): Promise<void> {
    const from = clock()
    const writes = (config.writes ?? 0) > 0 && bodies.length > 0
    const figures = gatherFigures(from, writes)
    const versions = writes ? trackVersions() : undefined
    const sampler = openSampler()
    const own = { hit: 0, stale: 0 }
    let begun = 0
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
        own: { ...own },
      })
    }
    const ticking = setInterval(report, SNAPSHOT_MS)
    const headers = { [RUN_HEADER]: run }
    const nextKey = drawKeys(config.keys)
    const nextHost = drawHosts(addresses.length, config.keys.seed)
    const nextBody = drawWrites(config.writes ?? 0, bodies, config.keys.seed)
    const send = async (client: VirtualClient, due: number) => {
      const body = nextBody()
      const key = nextKey()
      const address = nextHost()
      begun += 1
      const n = begun
      const keep = sampler.wants(n)
      const sent = clock()
      const answer = await client.ask(pathOf(key), headers, body, address, keep)
      // What a stop cut off is no error of the server's.
      if (stop.aborted) return false
      finished += 1
      const now = clock()
      let staleMs: number | undefined
      if (answer.own && (answer.outcome === 'hit' || answer.outcome === 'stale')) own[answer.outcome] += 1
      if (body === undefined) {
        if (answer.version !== undefined && answer.outcome !== 'error')
          staleMs = versions?.staleFor(key, answer.version, sent)
        figures.record(answer, now - due, now - sent, staleMs)
      } else {
        if (answer.version !== undefined && answer.outcome !== 'error') versions?.wrote(key, answer.version, now)
        figures.recordWrite(answer, now - due)
      }
      if (keep) {
        const method = body === undefined ? 'GET' : 'PATCH'
        const times = { atMs: Math.max(sent - from, 0), latencyMs: now - due, serviceMs: now - sent }
        sampler.add({
          n,
          key,
          method,
          address,
          ...times,
          ...(staleMs !== undefined && { staleMs }),
          ...answered(answer, method),
        })
      }
      return fromNetwork(answer)
    }
    const overflow = () => {
      finished += 1
      figures.overflow()
    }
    const { requests, durationMs } = config
    await drive({ clients, requests, durationMs, stop, send, paced: figures.paced }, overflow)
    const measured = figures.measured(clock(), busy(), true)
    clearInterval(ticking)
    report()
    // Their origin calls are this run's.
    await Promise.all(clients.map((client) => client.refreshed()))
    tell({ kind: 'end', measured, samples: sampler.samples(), own })
  }
}
