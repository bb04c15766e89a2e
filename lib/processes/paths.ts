import type { ProcessStates } from './routes'

/**
 * Where the app's own origin has the processes beside the app, for pages: these listen on loopback, which is another
 * machine than the reader's as soon as the app is on a network.
 */

/** A process beside the app: an edge, or a worker by its number. */
export type BesideName = 'edge' | 'careless' | number

/** Gives the path of a process beside the app. What follows it is a path of that process. */
export const besidePath = (name: BesideName): string => (typeof name === 'number' ? `/workers/${name}` : `/${name}`)

/** Reads whose a request's target is, and the target that this process gets; undefined where it's the app's own. */
export function readBesidePath(target: string): { name: BesideName; target: string } | undefined {
  const [, edge, worker, rest] = /^\/(?:(edge|careless)|workers\/([1-9]\d?))(\/.*)$/.exec(target) ?? []
  if (rest === undefined) return undefined
  return { name: worker === undefined ? (edge as 'edge' | 'careless') : Number(worker), target: rest }
}

/** Gives the address at which a process beside the app listens, on loopback; undefined where there is none. */
export function besideAddress(name: BesideName, states: ProcessStates | undefined): string | undefined {
  if (name === 'edge') return states?.edge?.address
  if (name === 'careless') return states?.edge?.careless
  return states?.workers.find(({ number }) => number === name)?.address
}
