import { BOUNDS } from '@/lib/runs/bounds'
import type { RunRequest } from '@/lib/runs/config'
import { readKeyList, writeKeyList } from './key-list'
import { type CatalogResource, runParams, type Setup } from './setup'
import type { StageSetup } from './stages'

export const KEY_KINDS = ['one', 'cycle', 'uniform', 'zipf', 'hotset', 'list'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

/** How hard and how long a run asks. Texts are as typed: the server judges them. */
export interface LoadSetup {
  mode: 'closed' | 'open'
  requests: string
  connections: string
  /** Requests per second, in open loop. */
  rate: string
  /** Seconds, in open loop without stages. */
  seconds: string
  /** How the rate goes on from `rate`, in open loop. */
  stages: readonly StageSetup[]
  start: 'cold' | 'warm'
  keys: KeyKind
  keyCount: string
  /** The exponent of zipf: 0 is uniform. */
  skew: string
  /** Keys in the set of hotset. */
  hot: string
  /** Its part of the requests, in percent. */
  share: string
  /** Requests after which it moves on. */
  shift: string
  /** The recorded list: numbers of keys, counted from 1. */
  list: string
  /** The part of the requests that write, in percent. */
  writes: string
  /** What the report has to hold, one a line: `p95 < 50 ms`. */
  thresholds: string
  /** Seconds of load before the figures begin. */
  warmup: string
  /** The same seed draws the same keys, arrivals and workers. */
  seed: string
  /** What stands in front of the host: nothing, or the edge. */
  via: 'direct' | 'edge'
  host: 'next' | 'workers'
  /** How many of them, where they are the host. */
  workers: string
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
  /** As in a run config: `share` is a part of 1, and the keys of `list` are counted from 0. */
  keys?: {
    kind: KeyKind
    count?: number
    s?: number
    hot?: number
    share?: number
    shift?: number
    list?: readonly number[]
  }
  seed?: number
  /** The part of the requests that write, 0 to 1. */
  writes?: number
  /** Where the rate goes, in requests per second, and within how many seconds; in open loop. */
  stages?: readonly { rate: number; seconds: number }[]
  /** Such as `p95 < 50 ms`. */
  thresholds?: readonly string[]
  via?: LoadSetup['via']
  host?: LoadSetup['host']
  workers?: number
}

export const DEFAULT_LOAD: LoadSetup = {
  mode: 'closed',
  requests: '1000',
  connections: '20',
  rate: '200',
  seconds: '10',
  stages: [],
  start: 'cold',
  keys: 'one',
  keyCount: '100',
  skew: '1',
  hot: '10',
  share: '90',
  shift: '500',
  list: '1, 2, 3, 1, 1, 4',
  writes: '0',
  thresholds: '',
  warmup: '0',
  seed: '1',
  via: 'direct',
  host: 'next',
  workers: String(BOUNDS.workers.default),
}

/** Fill in what a lesson leaves out. */
export function loadSetupOf({ mode, start, keys, stages, thresholds, via, host, ...numbers }: LoadSettings): LoadSetup {
  const text = (value: number | undefined, otherwise: string) => (value === undefined ? otherwise : String(value))
  // A part of 1 in percent, without the trace that binary fractions leave: 0.07 × 100 is not 7.
  const percent = (part: number | undefined) => part && Number((part * 100).toPrecision(12))
  const { requests, connections, rate, seconds, warmup, seed, writes, workers } = numbers
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
    hot: text(keys?.hot, DEFAULT_LOAD.hot),
    share: text(percent(keys?.share), DEFAULT_LOAD.share),
    shift: text(keys?.shift, DEFAULT_LOAD.shift),
    list: keys?.list ? writeKeyList(keys.list) : DEFAULT_LOAD.list,
    writes: text(percent(writes), DEFAULT_LOAD.writes),
    stages: stages?.map(({ rate, seconds }) => ({ rate: String(rate), seconds: String(seconds) })) ?? [],
    thresholds: thresholds?.join('\n') ?? DEFAULT_LOAD.thresholds,
    warmup: text(warmup, DEFAULT_LOAD.warmup),
    seed: text(seed, DEFAULT_LOAD.seed),
    via: via ?? DEFAULT_LOAD.via,
    host: host ?? DEFAULT_LOAD.host,
    workers: text(workers, DEFAULT_LOAD.workers),
  }
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
      : { rate: numeric(load.rate), arrivals: 'poisson' as const, ...endOf(load) }),
    keys: keysOf(load, resource),
    ...(resource.writable ? { writes: numeric(load.writes) / 100 } : {}),
    thresholds: thresholdsOf(load),
    warmupMs: milliseconds(load.warmup),
    start: load.start,
    via: load.via,
    host: load.host,
    ...(load.host === 'workers' ? { workers: numeric(load.workers) } : {}),
    stopUnwatched: true,
  }
}

const milliseconds = (seconds: string) => Math.round(numeric(seconds) * 1000)

/** When an open run ends: after its stages, where there are any. */
const endOf = ({ stages, seconds }: LoadSetup): Pick<RunRequest, 'stages' | 'durationMs'> =>
  stages.length === 0
    ? { durationMs: milliseconds(seconds) }
    : { stages: stages.map((stage) => ({ rate: numeric(stage.rate), durationMs: milliseconds(stage.seconds) })) }

/** What the report has to hold: a line each, those with nothing in them left out. */
export const thresholdsOf = ({ thresholds }: Pick<LoadSetup, 'thresholds'>): string[] =>
  thresholds
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function keysOf(load: LoadSetup, resource: CatalogResource): RunRequest['keys'] {
  const kind = resource.keys === undefined ? 'one' : load.keys
  const seed = numeric(load.seed)
  const count = numeric(load.keyCount)
  switch (kind) {
    case 'one':
      return { kind, seed }
    case 'zipf':
      return { kind, seed, count, s: numeric(load.skew) }
    case 'hotset':
      return {
        kind,
        seed,
        count,
        hot: numeric(load.hot),
        share: numeric(load.share) / 100,
        shift: numeric(load.shift),
      }
    case 'list': {
      const { keys, wrong } = readKeyList(load.list)
      // What is no key goes as it is: the server finds fault with it.
      const list = wrong === undefined ? keys : [...keys, wrong as unknown as number]
      return { kind, seed, list, count: Math.max(...keys, 0) + 1 }
    }
    case 'cycle':
    case 'uniform':
      return { kind, seed, count }
  }
}
