import type { RunRequest } from '@/lib/runs/config'
import { type CatalogResource, type CatalogStrategy, runParams, type Setup } from './setup'

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
  /** The exponent of zipf: 0 is uniform. */
  skew: string
  /** Seconds of load before the figures begin. */
  warmup: string
  /** The same seed draws the same keys and arrivals. */
  seed: string
}

/** What a lesson may say of a load; the rest is as in `DEFAULT_LOAD`. */
export interface LoadSettings {
  mode?: LoadSetup['mode']
  requests?: number
  connections?: number
  /** Requests per second, in open loop. */
  rate?: number
  /** Seconds, in open loop. */
  seconds?: number
  /** Seconds of load before the figures begin. */
  warmup?: number
  start?: LoadSetup['start']
  keys?: { kind: KeyKind; count?: number; s?: number }
  seed?: number
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
  skew: '1',
  warmup: '0',
  seed: '1',
}

/** Fill in what a lesson leaves out. */
export function loadSetupOf({ mode, start, keys, ...numbers }: LoadSettings): LoadSetup {
  const text = (value: number | undefined, otherwise: string) => (value === undefined ? otherwise : String(value))
  const { requests, connections, rate, seconds, warmup, seed } = numbers
  return {
    mode: mode ?? DEFAULT_LOAD.mode,
    requests: text(requests, DEFAULT_LOAD.requests),
    connections: text(connections, DEFAULT_LOAD.connections),
    rate: text(rate, DEFAULT_LOAD.rate),
    seconds: text(seconds, DEFAULT_LOAD.seconds),
    start: start ?? DEFAULT_LOAD.start,
    keys: keys?.kind ?? DEFAULT_LOAD.keys,
    keyCount: text(keys?.count, DEFAULT_LOAD.keyCount),
    skew: text(keys?.s, DEFAULT_LOAD.skew),
    warmup: text(warmup, DEFAULT_LOAD.warmup),
    seed: text(seed, DEFAULT_LOAD.seed),
  }
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
export function heyNote({ id, http }: Pick<CatalogStrategy, 'id' | 'http'>, load: LoadSetup): string {
  if (http) return `The same load from a terminal. hey keeps no cache: with ${id} every answer is made anew`
  if (load.keys !== 'one') return 'From a terminal, for one key: hey asks one address only'
  if (load.mode === 'open')
    return 'From a terminal. hey has no open loop: it holds the rate as long as the server keeps up'
  return 'The same load from a terminal; its requests show up in the log here'
}

/** A number where the text is one; otherwise the text, for the server to find fault with. */
const numeric = (text: string) =>
  text.trim() === '' || Number.isNaN(Number(text)) ? (text as unknown as number) : Number(text)

/**
 * The run config of a set-up, as `POST /api/runs` takes it.
 * @param expires whether the strategy's entries have a date: only then is there a TTL.
 */
export function runRequest(
  setup: Setup,
  load: LoadSetup,
  resource: CatalogResource,
  lab: string,
  expires = setup.strategy !== 'none',
): RunRequest {
  const kind = resource.keys === undefined ? 'one' : load.keys
  const seed = numeric(load.seed)
  return {
    resource: setup.resource,
    params: runParams(setup, resource),
    // The forms offer what the catalogue has; an address may hold anything, and the server says so.
    strategy: setup.strategy as RunRequest['strategy'],
    ...(expires ? { ttl: numeric(setup.ttl) } : {}),
    lab,
    mode: load.mode,
    connections: numeric(load.connections),
    ...(load.mode === 'closed'
      ? { requests: numeric(load.requests) }
      : { rate: numeric(load.rate), durationMs: numeric(load.seconds) * 1000, arrivals: 'poisson' as const }),
    keys: {
      kind,
      seed,
      ...(kind === 'one' ? {} : { count: numeric(load.keyCount) }),
      ...(kind === 'zipf' ? { s: numeric(load.skew) } : {}),
    },
    warmupMs: Math.round(numeric(load.warmup) * 1000),
    start: load.start,
    stopUnwatched: true,
  }
}
