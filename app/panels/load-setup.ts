import type { RunRequest } from '@/lib/runs/config'
import { type CatalogResource, runParams, type Setup } from './setup'

export const KEY_KINDS = ['one', 'cycle', 'uniform', 'zipf'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

/** How hard and how long a run asks. Texts are as typed: the server judges them. */
export interface LoadSetup {
  mode: 'closed' | 'open'
  requests: string
  connections: string
  /** Requests per second, in open loop. */
  rate: string
  /** Seconds, in open loop. */
  seconds: string
  start: 'cold' | 'warm'
  keys: KeyKind
  keyCount: string
}

export const DEFAULT_LOAD: LoadSetup = {
  mode: 'closed',
  requests: '1000',
  connections: '20',
  rate: '200',
  seconds: '10',
  start: 'cold',
  keys: 'one',
  keyCount: '100',
}

/** The equal `hey`. It has no open loop: `-q` holds a rate on each connection, as long as the server keeps up. */
export function heyCommand(url: string, load: LoadSetup): string {
  const connections = Number(load.connections) || 1
  const each = Math.max(Math.round((Number(load.rate) || 1) / connections), 1)
  return load.mode === 'closed'
    ? `hey -n ${load.requests} -c ${connections} '${url}'`
    : `hey -z ${load.seconds}s -q ${each} -c ${connections} '${url}'`
}

/** What to know about it: `hey` asks one address and keeps no cache. */
export function heyNote(setup: Setup, load: LoadSetup): string {
  if (setup.strategy === 'http')
    return 'The same load from a terminal. hey keeps no cache: with http every answer is made anew'
  if (load.keys !== 'one') return 'From a terminal, for one key: hey asks one address only'
  if (load.mode === 'open')
    return 'From a terminal. hey has no open loop: it holds the rate as long as the server keeps up'
  return 'The same load from a terminal; its requests show up in the log here'
}

/** A number where the text is one; otherwise the text, for the server to find fault with. */
const numeric = (text: string) =>
  text.trim() === '' || Number.isNaN(Number(text)) ? (text as unknown as number) : Number(text)

/** The run config of a set-up, as `POST /api/runs` takes it. */
export function runRequest(setup: Setup, load: LoadSetup, resource: CatalogResource, lab: string): RunRequest {
  const keyed = load.keys !== 'one' && resource.keys !== undefined
  return {
    resource: setup.resource,
    params: runParams(setup, resource),
    // The forms offer what the catalogue has; an address may hold anything, and the server says so.
    strategy: setup.strategy as RunRequest['strategy'],
    ...(setup.strategy === 'none' ? {} : { ttl: numeric(setup.ttl) }),
    lab,
    mode: load.mode,
    connections: numeric(load.connections),
    ...(load.mode === 'closed'
      ? { requests: numeric(load.requests) }
      : { rate: numeric(load.rate), durationMs: numeric(load.seconds) * 1000, arrivals: 'poisson' as const }),
    ...(keyed
      ? { keys: { kind: load.keys, count: numeric(load.keyCount), ...(load.keys === 'zipf' ? { s: 1 } : {}) } }
      : {}),
    start: load.start,
    stopUnwatched: true,
  }
}
