import type { RunConfig } from './config'
import { seeded } from './random'

/** Where the requests of one run go, for as long as it runs. */
export interface Lease {
  /** Scheme, host and port of each process that answers; at least one. They stay the same when a process is replaced. */
  addresses: string[]
  /** Resolves once what those processes counted for answered requests is in the lab's tallies. */
  settle(): Promise<void>
  /** Give them back. Called once, when the run is over. */
  close(): void
}

/** What starts and finds the processes that runs are answered by. */
export interface Hosts {
  /** Rejects, in bounded time, with the reason where there are none to be had. */
  open(where: Pick<RunConfig, 'via' | 'host' | 'workers'>): Promise<Lease>
}

/** The app itself answers, which counts in the tallies as it goes. */
export const hostedBy = (address: string): Hosts => ({
  open: () => Promise.resolve({ addresses: [address], settle: () => Promise.resolve(), close() {} }),
})

/**
 * Draw the host of each request: each call gives an index from 0 to `count - 1`, all of them equally likely. The same
 * seed draws the same.
 * @param warmUp draw others than those that are measured.
 */
export function drawHosts(count: number, seed: number, warmUp = false): () => number {
  if (count <= 1) return () => 0
  const random = seeded(seed, warmUp ? 'warm-up hosts' : 'hosts')
  return () => Math.floor(random() * count)
}
