import { openContext } from '../context'
import { handle } from '../handle'
import { listenOnLoopback, toNodeListener } from '../http/node'
import { createHttpServer } from '../http/server'
import { readPorts, readyLine, TOKEN_VARIABLE } from '../processes/beside'
import { listenToApp } from '../processes/control'
import { openGatherer, unsentLine } from '../processes/told'
import { readSettings } from '../settings'

/**
 * A worker: a bare Node process that hosts the very handler that Next's routes mount, with a memory of its own. It is
 * started, and replaced, by the pool.
 */

/** Longer than any pause of a client that keeps its connection. */
const KEEP_ALIVE_MS = 65_000

const name = String(process.pid)
// It starts no processes of its own: whoever asks it for workers is told so.
const settings = { ...readSettings(), commands: undefined }
const gatherer = openGatherer(
  name,
  (lab) => context.labs.get(lab).counters,
  (unsent) => process.stdout.write(`${unsentLine(unsent)}\n`),
)
const context = openContext(settings, {
  beside: {
    opened: (lab) => lab.follow((evidence) => evidence.kind === 'row' && gatherer.record(lab.id, [evidence.row])),
    tallyOf: gatherer.run,
  },
})

const server = createHttpServer(toNodeListener((request) => handle(request, context)))
server.keepAliveTimeout = KEEP_ALIVE_MS
const before = readPorts(process.env)
const port = await listenOnLoopback(server, before.open[0] ?? 0)
const control = await listenToApp(
  {
    gatherer,
    async entries(lab) {
      const { entries } = await context.labs.get(lab).entries()
      const kept = entries.filter(({ tier }) => tier === 'memory')
      return { entries: kept, total: { memory: kept.length } }
    },
    async clear(lab, tier) {
      if (tier === undefined || tier === 'memory') await context.labs.get(lab).clear('memory')
    },
    redis: (lab, away) => context.labs.get(lab).redisFault.set(away),
  },
  process.env[TOKEN_VARIABLE] ?? '',
  before.control,
)

process.on('SIGTERM', () => process.exit(0))
console.log(readyLine({ pid: process.pid, open: [port], control }))
