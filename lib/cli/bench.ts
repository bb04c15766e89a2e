import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import { openContext } from '../context'
import { handle } from '../handle'
import { toNodeListener } from '../http/node'
import type { Measured } from '../runs/figures'
import { spawnFromSource } from '../runs/spawn-from-source'
import { versions } from '../versions'
import { sharedCaches } from './bench/edge'
import { againstNginx, againstWrk, histogram, stalls, wrkVersion } from './bench/instrument'
import { loadTask, MANY, median, ONE, row, TURNS, times } from './bench/measure'
import { workers } from './bench/workers'
import { startServices } from './services'
import { startApp } from './start-app'

/**
 * `npm run bench`: what the README and the lessons say of speed, as ratios of one run on this machine. Configurations
 * that are compared take turns, and the median of the turns counts.
 */

const services = await startServices()
const { redis, postgres } = services.addresses
const context = openContext(
  { address: 'http://127.0.0.1:1', hosts: [], ...services.addresses },
  { spawn: spawnFromSource },
)
const bareServer = createServer(toNodeListener((request) => handle(request, context)))
await new Promise<void>((listening) => bareServer.listen(0, '127.0.0.1', listening))
const bare = `http://127.0.0.1:${(bareServer.address() as AddressInfo).port}`
// The same Redis and the same Postgres behind both hosts.
const app = await startApp({ REDIS_URL: redis.url, DATABASE_URL: postgres.url })
try {
  await bench(app.address)
} finally {
  await app.stop()
  bareServer.closeAllConnections()
  bareServer.close()
  await context.close()
  await services.stop()
}

async function bench(next: string): Promise<void> {
  const [cpu] = os.cpus()
  console.log(
    `${os.cpus().length} × ${cpu?.model.trim() || 'CPU'}, Node ${process.version}, ${redis.name}, ${postgres.name}, next ${versions.next}, undici ${versions.undici}, ${wrkVersion()}\n`,
  )
  await strategies('Next route', next)
  await strategies('bare handler', bare)
  await hosts(next)
  await workers(next)
  await againstWrk(next)
  await againstNginx()
  await sharedCaches()
  await stalls()
  await histogram()
}

/** What each strategy costs a client that asks alone. */
async function strategies(host: string, address: string): Promise<void> {
  const turns = { none: [] as Measured[], memory: [] as Measured[], redis: [] as Measured[] }
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const strategy of ['none', 'memory', 'redis'] as const) {
      turns[strategy].push(await loadTask(address, strategy, { ...ONE, warmupMs: 200 }))
    }
  }
  for (const side of ['latencyMs', 'handlerMs'] as const) {
    const p50 = (strategy: keyof typeof turns) =>
      median(turns[strategy].map((measured) => measured[side]?.p50 ?? Number.NaN))
    const where = side === 'latencyMs' ? 'round trip' : 'inside the handler'
    row(`${host}, one connection, p50 ${where}: none / memory`, times(p50('none') / p50('memory')))
    row(`${host}, one connection, p50 ${where}: redis / memory`, times(p50('redis') / p50('memory')))
    row(`${host}, one connection, p50 ${where}: none / redis`, times(p50('none') / p50('redis')))
  }
}

/** What Next costs, beside the very same handler on a bare server. */
async function hosts(next: string): Promise<void> {
  const rates = { next: [] as number[], bare: [] as number[] }
  for (let turn = 0; turn < TURNS; turn += 1) {
    rates.next.push((await loadTask(next, 'memory', MANY)).throughput)
    rates.bare.push((await loadTask(bare, 'memory', MANY)).throughput)
  }
  row(
    'throughput of memory hits, ten connections: bare handler / Next route',
    times(median(rates.bare) / median(rates.next)),
  )
}
