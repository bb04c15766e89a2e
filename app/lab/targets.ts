import { isLoopback } from '@/lib/http/loopback'
import { type BesideName, besideAddress, besidePath } from '@/lib/processes/paths'
import type { ProcessStates } from '@/lib/processes/routes'
import { getProcesses, putEdge, putWorkers } from './api'

/** Where a single request goes. */
export const TARGETS = [
  { id: 'app', label: 'app', about: 'The Next route of this app itself' },
  { id: 'edge', label: 'edge', about: 'The shared HTTP cache in front of the app' },
  { id: 'careless', label: 'careless edge', about: 'A shared HTTP cache that is misconfigured on purpose' },
  { id: 'worker-1', label: 'worker 1', about: 'The first of the bare Node processes beside the app' },
  { id: 'worker-2', label: 'worker 2', about: 'The second of them, with a memory of its own' },
] as const
export type Target = (typeof TARGETS)[number]['id']

export const isTarget = (id: string): id is Target => TARGETS.some((target) => target.id === id)

/** Has a target running, and gives the start of its addresses under the app's own origin. Rejects with a fault. */
export async function openTarget(target: Target): Promise<string> {
  const name = besideOf(target)
  if (name === undefined) return ''
  if (besideAddress(name, await getProcesses()) === undefined) {
    await (typeof name === 'number' ? putWorkers(name) : putEdge())
  }
  return besidePath(name)
}

/**
 * Gives the start of a process's addresses for a terminal next to the browser; undefined while it isn't running. On the
 * machine that Hitrate runs on that is the process itself, elsewhere the app's own origin, which has it too.
 * @param name the process beside the app; undefined for the app itself.
 */
export function terminalAddress(
  name: BesideName | undefined,
  states: ProcessStates | undefined,
  origin: string,
): string | undefined {
  if (name === undefined) return origin
  const address = besideAddress(name, states)
  if (address === undefined || isOnThisMachine(origin)) return address
  return origin + besidePath(name)
}

/** The process beside the app that a target is; undefined for the app itself. */
export function besideOf(target: Target): BesideName | undefined {
  if (target === 'app') return undefined
  return target === 'edge' || target === 'careless' ? target : Number(target.split('-')[1])
}

const isOnThisMachine = (origin: string): boolean => URL.canParse(origin) && isLoopback(new URL(origin).hostname)
