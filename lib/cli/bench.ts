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
import { seeded } from '../runs/random'
import { spawnFromSource } from '../runs/spawn-from-source'
import { versions } from '../versions'
import { startNginx } from './bench/fast-server'
import { nodeCommand, supervise } from './child'
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
const SAMPLES = 200_000

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const ms = (value = Number.NaN): string => `${value.toFixed(value < 1 ? 3 : 1)} ms`
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
    `${os.cpus().length} × ${cpu?.model.trim() || 'CPU'}, Node ${process.version}, ${redis.name}, ${postgres.name}, next ${versions.next}, undici ${versions.undici}, ${wrkVersion()}\n`,
  )
  await strategies('Next route', next)
  await strategies('bare handler', bare)
  await hosts(next)
  await againstWrk(next)
  await againstNginx()
  await stalls()
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
    rates.wrk.push(wrkRate(wrk, url))
    rates.runner.push((await load(next, pathOf('memory'), MANY)).throughput)
  }
  row(
    'the load runner / wrk, throughput on the Next route, ten connections',
    times(median(rates.runner) / median(rates.wrk)),
    'goal: 0.90 ×',
  )
}

/** The name and version of `wrk`, or that there is none. */
function wrkVersion(): string {
  const wrk = findExecutable(['wrk'])
  if (!wrk) return 'no wrk'
  // It tells its version along with its usage, and calls that an error.
  const { stdout, stderr } = spawnSync(wrk, ['-v'], { encoding: 'utf8' })
  return /^wrk \S+/.exec(stdout + stderr)?.[0] ?? 'wrk'
}

/** Requests per second that `wrk` gets on one thread. */
function wrkRate(wrk: string, url: string): number {
  const args = ['-t1', `-c${MANY.connections}`, `-d${MANY.durationMs / 1000}s`, url]
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(spawnSync(wrk, args, { encoding: 'utf8' }).stdout)?.[1])
}

/** How much the load runner can ask of a server that does next to nothing, and what a request costs it. */
async function againstNginx(): Promise<void> {
  const wrk = findExecutable(['wrk'])
  const nginx = await startNginx()
  const what = 'the load runner / wrk, throughput on nginx answering 200, ten connections'
  if (!nginx || !wrk) {
    await nginx?.stop()
    return row(what, 'not measured', `${nginx ? 'wrk' : 'nginx'} is not installed`)
  }
  try {
    const rates = { runner: [] as number[], wrk: [] as number[] }
    const cpu: number[] = []
    for (let turn = 0; turn < TURNS; turn += 1) {
      rates.wrk.push(wrkRate(wrk, `${nginx.address}/`))
      const { measured, cpuUs } = await loadWithCpu(nginx.address, '/', MANY)
      rates.runner.push(measured.throughput)
      cpu.push(cpuUs)
    }
    row(what, times(median(rates.runner) / median(rates.wrk)), 'goal: 0.45 ×')
    row(`a request of the load runner, on ${nginx.name}, CPU`, `${median(cpu).toFixed(1)} µs`, 'goal: at most 35 µs')
  } finally {
    await nginx.stop()
  }
}

/** What each loop says of a server that stalls for 200 ms every 2 s, asked 500 times a second: its true p99 is 180 ms. */
async function stalls(): Promise<void> {
  const server = await supervise({
    name: 'stalling server',
    command: () => nodeCommand(new URL('./bench/stalling-server.ts', import.meta.url)),
    ready: /listens at (\d+)/,
  })
  try {
    const address = `http://127.0.0.1:${server.match[1]}`
    const open = await load(address, '/', { ...MANY, mode: 'open', rate: 500, durationMs: 10_000 })
    const closed = await load(address, '/', { ...MANY, durationMs: 10_000 })
    const { pacingMs } = open.generator
    row(
      'server that stalls, true p99 180 ms: p99 of the open loop, as due',
      ms(open.latencyMs.p99),
      'goal: 162 to 198 ms',
    )
    row('the same, as sent (service time)', ms(open.serviceMs.p99))
    row('the same of the closed loop', ms(closed.latencyMs.p99), 'goal: under 20 ms')
    row('pacing error of the open loop at 500 requests/s: p50, p99', `${ms(pacingMs?.p50)}, ${ms(pacingMs?.p99)}`)
  } finally {
    await server.stop()
  }
}

/** How far its percentiles are from sorted truth, on two humps as hits and misses make them, and what a record costs. */
async function histogram(): Promise<void> {
  await loadHistograms()
  const truth: number[] = []
  const sampled = latencyHistogram()
  const random = seeded(1, 'arrivals')
  for (let i = 0; i < SAMPLES; i += 1) {
    const sample = Math.round(1000 * (random() < 0.9 ? 0.2 + random() : 150 + 100 * random())) / 1000
    truth.push(sample)
    sampled.record(sample)
  }
  truth.sort((a, b) => a - b)
  const summary = sampled.summary()
  const errors = (
    [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
      ['p999', 0.999],
    ] as const
  ).map(([name, share]) => {
    const exact = truth[Math.ceil(truth.length * share) - 1] ?? Number.NaN
    return Math.abs(summary[name] - exact) / exact
  })
  row(
    'histogram, worst error of p50, p95, p99, p99.9',
    `${(Math.max(...errors) * 100).toFixed(3)} %`,
    'goal: at most 1 %',
  )
  const latency = latencyHistogram()
  const before = process.hrtime.bigint()
  for (let i = 0; i < RECORDS; i += 1) latency.record((i % 50_000) / 1000)
  row('one record in the latency histogram', `${Math.round(Number(process.hrtime.bigint() - before) / RECORDS)} ns`)
}

function pathOf(strategy: string): string {
  return `/api/tasks/1?cache=${strategy}&lab=bench`
}

async function load(address: string, path: string, config: Partial<Job['config']>): Promise<Measured> {
  return (await loadWithCpu(address, path, config)).measured
}

/** Microseconds of CPU a measured request are of this whole process, which does nothing else meanwhile. */
function loadWithCpu(
  address: string,
  path: string,
  config: Partial<Job['config']>,
): Promise<{ measured: Measured; cpuUs: number }> {
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
    let from: { cpu: NodeJS.CpuUsage; requests: number } | undefined
    spawnFromSource(job, {
      told(told) {
        if (told.kind === 'progress') {
          if (told.atMs >= 0) from ??= { cpu: process.cpuUsage(), requests: told.measured.requests }
          return
        }
        const { measured } = told
        const { user, system } = process.cpuUsage(from?.cpu)
        const cpuUs = (user + system) / (measured.requests - (from?.requests ?? 0))
        if (measured.errors > 0) reject(new Error(`${measured.errors} requests to ${address}${path} failed`))
        else resolve({ measured, cpuUs })
      },
      failed: reject,
    })
  })
}
