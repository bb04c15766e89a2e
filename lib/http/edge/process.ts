import { readPorts, readyLine, TOKEN_VARIABLE } from '../../processes/beside'
import { listenToApp } from '../../processes/control'
import { unsentLine } from '../../processes/told'
import { readSettings } from '../../settings'
import { listenOnLoopback } from '../node'
import { openEdge } from './edge'
import { COUNTED_HERE, openEdgeLabs } from './labs'
import { edgeServer } from './server'

/**
 * The app's edge: the shared HTTP cache in front of it, and a second one that is misconfigured on purpose, for the
 * lesson that shows what comes of that. A process of its own, started and replaced by the app, which it tells of what it
 * answers by itself.
 */

const settings = readSettings()
const name = `edge-${process.pid}`
const labs = openEdgeLabs(name, settings.address, (unsent) => process.stdout.write(`${unsentLine(unsent)}\n`))
const edges = {
  edge: openEdge({ origin: settings.address, added: COUNTED_HERE, told: labs.told('edge') }),
  careless: openEdge({
    origin: settings.address,
    name: 'careless',
    added: COUNTED_HERE,
    careless: { ignoreVary: true, storeSetCookie: true },
    told: labs.told('careless'),
  }),
}

const before = readPorts(process.env)
const open = await Promise.all(
  Object.values(edges).map((edge, at) => listenOnLoopback(edgeServer(edge), before.open[at] ?? 0)),
)
const control = await listenToApp(
  {
    gatherer: labs.gatherer,
    entries: async (lab, limit) => labs.entries(edges, lab, limit),
    async clear(lab, tier) {
      if (tier !== undefined && tier !== 'edge') return
      for (const edge of Object.values(edges)) edge.purge((path) => labs.labOf(path) === lab)
    },
    redis() {
      // Nothing here asks Redis.
    },
  },
  process.env[TOKEN_VARIABLE] ?? '',
  before.control,
)

process.on('SIGTERM', () => process.exit(0))
console.log(readyLine({ pid: process.pid, open, control }))
