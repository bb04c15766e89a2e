import { spawnSync } from 'node:child_process'
import { latencyHistogram, loadHistograms } from '../../runs/histogram'
import { seeded } from '../../runs/random'
import { supervise } from '../child'
import { findExecutable } from '../find-executable'
import { nodeCommand } from '../node-command'
import { startNginx } from './fast-server'
import { load, loadTask, loadWithCpu, MANY, median, ms, pathOf, row, TURNS, times } from './measure'

/** What the load runner itself is worth: how fast it asks, what that costs, and how true its figures are. */

const RECORDS = 5_000_000
const SAMPLES = 200_000

/** What the load runner can ask, beside wrk on the same route. */
export async function againstWrk(next: string): Promise<void> {
  const wrk = findExecutable(['wrk'])
  if (!wrk) return row('the load runner / wrk, on the Next route', 'not measured', 'wrk is not installed')
  const url = next + pathOf('memory')
  const rates = { runner: [] as number[], wrk: [] as number[] }
  for (let turn = 0; turn < TURNS; turn += 1) {
    rates.wrk.push(wrkRate(wrk, url))
    rates.runner.push((await loadTask(next, 'memory', MANY)).throughput)
  }
  row(
    'the load runner / wrk, throughput on the Next route, ten connections',
    times(median(rates.runner) / median(rates.wrk)),
    'goal: 0.90 ×',
  )
}

/** The name and version of `wrk`, or that there is none. */
export function wrkVersion(): string {
  const wrk = findExecutable(['wrk'])
  if (!wrk) return 'no wrk'
  // It tells its version along with its usage, and calls that an error.
  const { stdout, stderr } = spawnSync(wrk, ['-v'], { encoding: 'utf8' })
  return /^wrk \S+/.exec(stdout + stderr)?.[0] ?? 'wrk'
}

/**
 * Returns the requests per second that `wrk` gets on one thread.
 * @throws Error if it got anything but 200s, or printed no rate.
 */
function wrkRate(wrk: string, url: string): number {
  const args = ['-t1', `-c${MANY.connections}`, `-d${MANY.durationMs / 1000}s`, url]
  const { stdout } = spawnSync(wrk, args, { encoding: 'utf8' })
  const rate = /Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]
  if (rate === undefined || /Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk on ${url}:\n${stdout}`)
  return Number(rate)
}

/** How much the load runner can ask of a server that does next to nothing, and what a request costs it. */
export async function againstNginx(): Promise<void> {
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
export async function stalls(): Promise<void> {
  const server = await supervise({
    name: 'stalling server',
    command: () => nodeCommand(new URL('./stalling-server.ts', import.meta.url)),
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
export async function histogram(): Promise<void> {
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
