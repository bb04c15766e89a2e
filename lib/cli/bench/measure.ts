import type { Outcome } from '../../reading'
import { oneKey } from '../../runs/config'
import type { Measured } from '../../runs/figures'
import type { Job } from '../../runs/job'
import { spawnFromSource } from '../../runs/spawn-from-source'

/** How the bench measures and prints. Configurations that are compared take turns, and the median of the turns counts. */

export const TURNS = 5
/** A client that asks alone, and ten that ask as fast as they are answered. */
export const ONE = { requests: 800, connections: 1 }
export const MANY = { durationMs: 3_000, connections: 10 }

export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
export const ms = (value = Number.NaN): string => `${value.toFixed(value < 1 ? 3 : 1)} ms`
export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`
/** Print a line: what was measured, its figure, and its goal where it has one. */
export const row = (what: string, figure: string, goal = ''): void =>
  console.log(`${what.padEnd(72)}${figure.padStart(20)}  ${goal}`)

/** The address of one task, by a strategy. */
export const pathOf = (strategy: string): string => `/api/tasks/1?cache=${strategy}&lab=bench`

/** How each strategy must answer a key that it's asked for all the time. */
const OUTCOME_OF = { none: 'bypass', memory: 'hit', redis: 'hit' } as const satisfies Record<string, Outcome>

/**
 * Puts load on one task by a strategy, after a warm-up.
 * @throws Error if any response has another outcome than that strategy gives: the figure would measure something else.
 */
export async function loadTask(
  address: string | readonly string[],
  strategy: keyof typeof OUTCOME_OF,
  config: Partial<Job['config']>,
): Promise<Measured> {
  const measured = await load(address, pathOf(strategy), config)
  const wanted = OUTCOME_OF[strategy]
  // Each worker process has a memory of its own, so that each may miss once.
  const others = measured.requests - measured.outcomes[wanted]
  if (others > [address].flat().length) {
    throw new Error(
      `${strategy}: ${others} of ${measured.requests} responses aren't ${wanted}: ${JSON.stringify(measured.outcomes)}`,
    )
  }
  return measured
}

/** Put load on a server, or on several at random, in a thread of its own; on several paths in turn. Rejects where a request fails. */
export async function load(
  address: string | readonly string[],
  path: string | string[],
  config: Partial<Job['config']>,
): Promise<Measured> {
  return (await loadWithCpu(address, path, config)).measured
}

/** The same. `cpuUs` are the microseconds of CPU a measured request takes of this whole process, which does nothing else meanwhile. */
export function loadWithCpu(
  address: string | readonly string[],
  path: string | string[],
  config: Partial<Job['config']>,
): Promise<{ measured: Measured; cpuUs: number }> {
  const paths = [path].flat()
  const job: Job = {
    run: 'bench',
    addresses: [address].flat(),
    paths,
    cached: false,
    config: {
      mode: 'closed',
      connections: 1,
      arrivals: 'even',
      keys: paths.length === 1 ? oneKey : { ...oneKey, kind: 'cycle', count: paths.length },
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
        if (measured.errors > 0)
          reject(new Error(`${measured.errors} requests to ${[address].flat().join(', ')}, ${paths[0]}, failed`))
        else resolve({ measured, cpuUs })
      },
      failed: reject,
    })
  })
}
