import type { Fault } from '@/app/lab/problem'
import { readCacheStatus } from '@/lib/http/cache-status'
import type { LabEvent } from '@/lib/lab/events'
import type { Sent } from './send'
import type { Written } from './write'

/**
 * A write that overtakes a reader, as it went: what the page measured, what the headers say and what the log tells,
 * put together. All times are milliseconds since the first reader was sent, by the page's clock.
 */

/** One race, as far as it has come. */
export interface Race {
  strategy: string
  /** What is asked for: `tasks/4711`. */
  key: string
  /** For how long the readers store, in seconds. */
  ttl: number
  /** Milliseconds of the page's clock. */
  startMs: number
  /** The reader that is held up. */
  reader?: Sent
  writer?: Written
  /** The reader that comes after both. */
  later?: Sent
}

export type Lane = 'reader' | 'writer' | 'later'

/** Something that happened in a race. */
export interface Moment {
  lane: Lane
  atMs: number
  say: string
}

/** What was kept under the key for a while; `toMs` is absent where it still is. */
export interface Kept {
  version: number
  fromMs: number
  toMs?: number
}

export type RaceEnd =
  | { kind: 'failed'; fault: Fault }
  /** They did not overtake each other, so it shows nothing. */
  | { kind: 'no race'; why: string }
  /** The later reader was `behind` versions behind, and whoever asks in the next `forSeconds` is, too. */
  | { kind: 'old'; behind: number; forSeconds: number }
  | { kind: 'new'; refused: boolean }

const versionOf = ({ headers }: Sent): number => Number(headerOf(headers, 'x-version'))
const headerOf = (headers: Sent['headers'], name: string): string => headers.find(([each]) => each === name)?.[1] ?? ''
const membersOf = ({ headers }: Sent) => readCacheStatus(headerOf(headers, 'cache-status'))
const isRefused = (sent: Sent): boolean => membersOf(sent).some(({ detail }) => detail === 'refused')
const isStored = (sent: Sent): boolean => membersOf(sent).some(({ stored }) => stored)

/** When a request was sent and answered, since the race began. */
export function spanOf({ startMs }: Race, request: Sent | Written): { fromMs: number; toMs: number } {
  if ('sentMs' in request) return { fromMs: request.sentMs - startMs, toMs: request.answeredMs - startMs }
  return { fromMs: request.id - startMs, toMs: request.id - startMs + request.roundTripMs }
}

/** The wait that was added to the first reader: from when it had the row until it went on with it. */
export function heldUp(race: Race): { fromMs: number; toMs: number } | undefined {
  const wait = race.reader?.stretches.find(({ kind }) => kind === 'added')
  if (!race.reader || !wait) return undefined
  const fromMs = spanOf(race, race.reader).fromMs + wait.startMs
  return { fromMs, toMs: fromMs + wait.durMs }
}

/** How a race ended; undefined while it is under way. */
export function endOf({ reader, writer, later }: Race): RaceEnd | undefined {
  const fault = reader?.fault ?? writer?.fault ?? later?.fault
  if (fault) return { kind: 'failed', fault }
  if (!reader || writer?.version === undefined || !later) return undefined
  if (reader.outcome !== 'miss')
    return { kind: 'no race', why: 'the first reader found an entry, and had no need to ask the database' }
  if (versionOf(reader) >= writer.version)
    return { kind: 'no race', why: 'the write was done before the first reader had the row' }
  const behind = writer.version - versionOf(later)
  if (behind <= 0) return { kind: 'new', refused: isRefused(reader) }
  return {
    kind: 'old',
    behind,
    forSeconds: Math.max(membersOf(later).find(({ ttl }) => ttl !== undefined)?.ttl ?? 0, 0),
  }
}

/**
 * What the log tells that a write did to the entry of its strategy; undefined while its rows are not here.
 * @param leavesWord whether the strategy's writes leave the new version behind, for stores that come too late.
 */
export function doneToEntry(
  { key, strategy, writer }: Race,
  rows: readonly LabEvent[],
  leavesWord: boolean,
): string | undefined {
  const mine = rows.filter((row) => row.key === key)
  const write = mine.findLast(({ kind }) => kind === 'write')
  if (!write) return undefined
  const did = mine.filter((row) => row.request === write.request && row.strategy === strategy).map(({ kind }) => kind)
  const word = leavesWord ? `, and leaves word that there is version ${writer?.version}` : ''
  if (did.includes('store')) return `stores version ${writer?.version} in the cache`
  if (did.includes('invalidation')) return `deletes the entry${word}`
  if (did.includes('error')) return 'cannot reach the cache'
  return `deletes nothing, since nothing is kept yet${word}`
}

/** What happened, in that order. `entry` is what the write did to the entry, as {@link doneToEntry} tells it. */
export function momentsOf(race: Race, entry: string | undefined): Moment[] {
  const { reader, writer, later } = race
  const moments: Moment[] = []
  if (reader && !reader.fault) {
    const version = versionOf(reader)
    const wait = heldUp(race)
    const { toMs } = spanOf(race, reader)
    if (reader.outcome === 'miss') {
      moments.push({ lane: 'reader', atMs: wait?.fromMs ?? 0, say: `finds nothing kept, reads version ${version}` })
      const stores = isRefused(reader)
        ? `wants to store version ${version}, and is refused`
        : isStored(reader)
          ? `stores version ${version} in the cache`
          : 'could not store it'
      moments.push({ lane: 'reader', atMs: wait?.toMs ?? toMs, say: `${stores}; is answered with it` })
    } else moments.push({ lane: 'reader', atMs: toMs, say: `${reader.outcome}: version ${version}` })
  }
  if (writer && !writer.fault) {
    const say = `writes version ${writer.version} to the database; ${entry ?? 'the log is on its way'}`
    moments.push({ lane: 'writer', atMs: spanOf(race, writer).toMs, say })
  }
  if (later && !later.fault) {
    const stored = isStored(later) ? ', which it stores' : ''
    const say = `${later.outcome}: is answered with version ${versionOf(later)}${stored}`
    moments.push({ lane: 'later', atMs: spanOf(race, later).toMs, say })
  }
  return moments.sort((a, b) => a.atMs - b.atMs)
}

/** What the cache kept, the oldest first, as far as the race has come. */
export function keptIn(race: Race, entry: string | undefined): Kept[] {
  const { reader, writer, later } = race
  const stores: Kept[] = []
  if (writer?.version !== undefined && entry?.startsWith('stores'))
    stores.push({ version: writer.version, fromMs: spanOf(race, writer).toMs })
  if (reader && isStored(reader))
    stores.push({ version: versionOf(reader), fromMs: heldUp(race)?.toMs ?? spanOf(race, reader).toMs })
  if (later && isStored(later)) stores.push({ version: versionOf(later), fromMs: spanOf(race, later).toMs })
  stores.sort((a, b) => a.fromMs - b.fromMs)
  return stores.map((kept, i) => ({ ...kept, toMs: stores[i + 1]?.fromMs }))
}
