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

/** The address of a target among the processes that are there; empty for the app itself, undefined where it is not there. */
export function addressAmong(target: Target, states: ProcessStates | undefined): string | undefined {
  if (target === 'app') return ''
  if (target === 'edge') return states?.edge?.address
  if (target === 'careless') return states?.edge?.careless
  return states?.workers.find(({ number }) => number === numberOf(target))?.address
}

/** The address of a target, which is started where it is not there. Rejects with a fault. */
export async function addressOf(target: Target): Promise<string> {
  const there = target === 'app' ? undefined : await getProcesses()
  const known = addressAmong(target, there)
  if (known !== undefined) return known
  const started = await (target === 'edge' || target === 'careless' ? putEdge() : putWorkers(numberOf(target)))
  return addressAmong(target, started) ?? ''
}

const numberOf = (target: Target): number => Number(target.split('-')[1] ?? 0)
