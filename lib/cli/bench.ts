import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import { openContext } from '../context'
import { handle } from '../handle'
import { toNodeListener } from '../http/node'
import { oneKey } from '../runs/config'
import type { Measured } from '../runs/figures'
import { latencyHistogram, loadHistograms } from '../runs/histogram'
import type { Job } from '../runs/job'
import { spawnFromSource } from '../runs/spawn-from-source'
import { findExecutable } from './find-executable'
import { startServices } from './services'
import { startApp } from './start-app'

/**
 * `npm run bench`: what the README and the lessons say of speed, as ratios of one run on this machine. Configurations
 * that are compared take turns, and the median of the turns counts.
 */

const TURNS = 5
const ONE = { requests: 800, connections: 1 }
const MANY = { durationMs: 3_000, connections: 10 }
const RECORDS = 5_000_000

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const times = (ratio: number): string => `${ratio.toFixed(2)} ×`
const row = (what: string, figure: string, goal = '') =>
  console.log(`${what.padEnd(66)}${figure.padStart(14)}  ${goal}`)

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
    `${os.cpus().length} × ${cpu?.model.trim() || 'CPU'}, Node ${process.version}, ${redis.name}, ${postgres.name}\n`,
  )
  await strategies('Next route', next)
  await strategies('bare handler', bare)
  await hosts(next)
  await againstWrk(next)
  await histogram()
}

/** What each strategy costs a client that asks alone. */
async function strategies(host: string, address: string): Promise<void> {
  const turns = { none: [] as Measured[], memory: [] as Measured[], redis: [] as Measured[] }
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const strategy of ['none', 'memory', 'redis'] as const) {
      turns[strategy].push(await load(address, pathOf(strategy), { ...ONE, warmupMs: 200 }))
    }
  }
  for (const side of ['latencyMs', 'handlerMs'] as const) {
    const p50 = (strategy: keyof typeof turns) => median(turns[strategy].map((measured) => measured[side].p50))
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
    rates.next.push((await load(next, pathOf('memory'), MANY)).throughput)
    rates.bare.push((await load(bare, pathOf('memory'), MANY)).throughput)
  }
  row(
    'throughput of memory hits, ten connections: bare handler / Next route',
    times(median(rates.bare) / median(rates.next)),
  )
}

/** What the load runner can ask, beside wrk on the same route. */
async function againstWrk(next: string): Promise<void> {
  const wrk = findExecutable(['wrk'])
  if (!wrk) return row('the load runner / wrk, on the Next route', 'not measured', 'wrk is not installed')
  const url = next + pathOf('memory')
  const rates = { runner: [] as number[], wrk: [] as number[] }
  for (let turn = 0; turn < TURNS; turn += 1) {
    const { stdout } = spawnSync(wrk, ['-t1', `-c${MANY.connections}`, `-d${MANY.durationMs / 1000}s`, url], {
      encoding: 'utf8',
    })
    rates.wrk.push(Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]))
    rates.runner.push((await load(next, pathOf('memory'), MANY)).throughput)
  }
  row(
    'the load runner / wrk, throughput on the Next route, ten connections',
    times(median(rates.runner) / median(rates.wrk)),
    'goal: 0.90 ×',
  )
}

async function histogram(): Promise<void> {
  await loadHistograms()
  const latency = latencyHistogram()
  const before = process.hrtime.bigint()
  for (let i = 0; i < RECORDS; i += 1) latency.record((i % 50_000) / 1000)
  row('one record in the latency histogram', `${Math.round(Number(process.hrtime.bigint() - before) / RECORDS)} ns`)
}

function pathOf(strategy: string): string {
  return `/api/tasks/1?cache=${strategy}&lab=bench`
}

function load(address: string, path: string, config: Partial<Job['config']>): Promise<Measured> {
  const job: Job = {
    run: 'bench',
    address,
    paths: [path],
    cached: false,
    config: {
      mode: 'closed',
      connections: 1,
      arrivals: 'even',
      keys: oneKey,
      warmupMs: 500,
      ...config,
    },
  }
  return new Promise((resolve, reject) => {
    spawnFromSource(job, {
      told(told) {
        if (told.kind !== 'end') return
        if (told.measured.errors > 0) reject(new Error(`${told.measured.errors} requests to ${address}${path} failed`))
        else resolve(told.measured)
      },
      failed: reject,
    })
  })
}
