import { layerOf } from '@/app/diagram/definition'
import { type CacheMember, readCacheStatus } from '@/lib/http/cache-status'
import type { Outcome } from '@/lib/reading'
import { type Metric, parseServerTiming } from './timing'

/** A place on the way of one request, and what became of the request there. */
export interface Stop {
  id: 'page' | 'client' | 'edge' | 'process' | 'memory' | 'redis' | 'origin'
  name: string
  /** What it did, in a few words. */
  note: string
  /** Milliseconds that it took; of the page and of the process with all that came after them. */
  durMs?: number
  /** Not consulted, passed by the request, or where the answer came from. */
  came: 'not' | 'through' | 'answered'
}

/** What is known of one request from outside. */
export interface Told {
  /** Who asked. */
  asker: string
  outcome: Outcome
  /** Whether anything came back. */
  answered: boolean
  roundTripMs: number
  /** What the asker's own HTTP cache did; absent where it has none, or none that this strategy uses. */
  browser?: 'hit' | 'revalidated' | 'miss'
  write?: boolean
  header(name: string): string | undefined
}

/** Shared caches, by their names in `Cache-Status`. */
export const EDGES = ['edge', 'careless']

const CLIENT = { hit: 'answered', revalidated: 'had a copy: 304', miss: 'had none' } as const

/** Why a cache went on (RFC 9211, 2.2), in a few words. */
const FORWARDED: Record<string, string> = {
  miss: 'had none',
  'uri-miss': 'had none',
  'vary-miss': 'had none for these fields',
  stale: 'past its date',
  request: 'was told to ask',
  method: 'passed it on',
  bypass: 'passed it on',
}

/**
 * The way of one request, from its asker to the origin: what `Cache-Status` and `Server-Timing` tell of it. What a
 * cache gave by itself nobody behind it heard of, whatever stored headers its answer replays.
 */
export function stopsOf({ asker, outcome, answered, roundTripMs, browser, write, header }: Told): Stop[] {
  const asked = answered && browser !== 'hit'
  const members = asked ? readCacheStatus(header('cache-status')) : []
  const metrics = asked ? parseServerTiming(header('server-timing') ?? null) : []
  const edge = members.findLast(({ name }) => EDGES.includes(name))
  const within = asked && !edge?.hit
  const durOf = (...names: string[]) => sumOf(metrics.filter(({ name }) => names.includes(name)))
  const memory = within ? members.find(({ name }) => name === 'memory') : undefined
  const redis = within ? members.find(({ name }) => name === 'redis') : undefined
  const origin = within ? metrics.find(({ name }) => name === 'origin') : undefined
  const atOrigin = origin !== undefined || (within && write === true)

  const stops: Stop[] = [
    { id: 'page', name: asker, note: answered ? 'round trip' : 'no answer', durMs: roundTripMs, came: 'through' },
    {
      id: 'client',
      name: layerOf('client').name,
      note: browser ? CLIENT[browser] : 'not used',
      came: browser && answered ? 'through' : 'not',
    },
    tierStop('edge', edge?.name === 'careless' ? 'careless edge' : 'edge', edge, durOf(...EDGES)),
    {
      id: 'process',
      name: 'process',
      note: within ? (header('x-worker') ?? 'not named') : 'not asked',
      durMs: within ? durOf('handler') : undefined,
      came: within ? 'through' : 'not',
    },
    tierStop('memory', layerOf('memory').name, memory, durOf('memory')),
    tierStop('redis', layerOf('redis').name, redis, durOf('redis')),
    {
      id: 'origin',
      name: layerOf('origin').name,
      note: !atOrigin ? 'not asked' : write ? 'written to' : outcome === 'error' ? 'failed' : (origin?.desc ?? 'asked'),
      durMs: atOrigin ? durOf('origin', 'added') : undefined,
      came: atOrigin ? 'through' : 'not',
    },
  ]
  const last = stops.findLastIndex(({ came }) => came === 'through')
  return stops.map((stop, at) => (at === last && answered ? { ...stop, came: 'answered' } : stop))
}

/** The way before anything was sent: the tiers that the strategy uses. */
export const stopsAhead = (tiers: readonly string[], asker: string): Stop[] =>
  stopsOf({ asker, outcome: 'bypass', answered: false, roundTripMs: 0, header: () => undefined }).map((stop) => {
    if (stop.id === 'page') return { ...stop, note: layerOf('page').about, durMs: undefined }
    const used = tiers.includes(stop.id) || stop.id === 'process' || stop.id === 'origin'
    const note = stop.id === 'origin' ? layerOf('origin').about : used ? 'ready' : 'not used'
    return { ...stop, note, came: used ? 'through' : 'not' }
  })

/** The way in words, for who does not see it. */
export function stopsInWords(stops: readonly Stop[], outcome: Outcome, write: (ms: number) => string): string {
  const told = ({ name, note, durMs }: Stop) => `${name} (${durMs === undefined ? note : `${note}, ${write(durMs)}`})`
  const [asker, ...on] = stops
  const came = on.filter((stop) => stop.came !== 'not')
  const answered = stops.find((stop) => stop.came === 'answered')
  const beside = on.filter((stop) => stop.came === 'not').map(({ name }) => name)
  return [
    `${outcome}, after ${write(asker?.durMs ?? 0)}.`,
    came.length > 0
      ? `From ${asker?.name} to ${came.map(told).join(', then to ')}.`
      : `It came no further than ${asker?.name}.`,
    answered ? `The answer came from ${answered.name}.` : 'There was no answer.',
    beside.length > 0 ? `Not asked: ${beside.join(', ')}.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function tierStop(id: Stop['id'], name: string, member: CacheMember | undefined, durMs: number | undefined): Stop {
  if (!member) return { id, name, note: 'not asked', came: 'not' }
  return { id, name, note: noteOf(member), durMs, came: 'through' }
}

function noteOf({ hit, ttl = 0, fwd = '', fwdStatus, stored, collapsed, detail }: CacheMember): string {
  if (hit) return ttl < 0 ? 'stale' : 'hit'
  if (detail === 'unavailable') return 'away'
  if (detail === 'unparsable') return 'held no entry'
  if (detail === 'refused') return 'refused to store'
  if (collapsed) return 'waited for another'
  const had = fwdStatus === 304 ? 'confirmed: 304' : (FORWARDED[fwd] ?? 'passed it on')
  return stored ? `${had}, stored` : had
}

const sumOf = (metrics: readonly Metric[]): number | undefined =>
  metrics.length > 0 ? metrics.reduce((sum, { durMs }) => sum + durMs, 0) : undefined
