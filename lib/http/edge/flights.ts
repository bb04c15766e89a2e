import { LRUCache } from 'lru-cache'
import type { Asked } from './asked'
import type { Entry } from './entry'
import { depart, type Flight } from './flight'
import type { Waiter } from './landed'
import type { Reply } from './origin'
import { selectionOf } from './vary'
import type { World } from './world'

/** Addresses of which we remember that their answers are for one client each, and for how long: nobody waits there. */
const UNSHARED = { entries: 1_000, ms: 5_000 }

export interface Launch {
  /** The stored answer that is asked about. */
  entry?: Entry
  /** The key at which others find it. */
  at?: string
  background?: boolean
  /** Told how it lands, in any case. */
  waiter: Waiter
  /** Given the interim answers (1xx), which are for the one who asked and not for those that join. */
  interim?(reply: Reply): void
}

/** The requests to the origin that are under way. */
export interface Flights {
  launch(asked: Asked, launch: Launch): Flight
  /** One that others may join. */
  find(at: string): Flight | undefined
  /** Those that ask with the same values of the fields that the address is known to vary on ask for the same. */
  keyOf(asked: Asked): string
  /** Whether answers of an address turned out to be for one client each, a moment ago. */
  isUnshared(key: string): boolean
  noteUnshared(asked: Asked): void
  /** Nothing that is under way for these addresses may be stored or joined any more. */
  doom(match: (key: string) => boolean): void
  /** Break all of them off. */
  close(): void
}

export function openFlights(world: World): Flights {
  const { careless, clock, store } = world
  const joinable = new Map<string, Flight>()
  const aloft = new Map<Flight, string>()
  const unshared = new LRUCache<string, number>({ max: UNSHARED.entries })

  return {
    launch(asked, { entry, at, background, waiter, interim }) {
      const flight = depart(
        {
          asked,
          entry,
          background,
          interim,
          closed(ended) {
            if (at !== undefined && joinable.get(at) === ended) joinable.delete(at)
          },
          over: (ended) => aloft.delete(ended),
        },
        world,
      )
      aloft.set(flight, asked.key)
      if (at !== undefined && !joinable.has(at)) joinable.set(at, flight)
      flight.join(waiter)
      flight.start()
      return flight
    },
    find: (at) => joinable.get(at),
    keyOf({ key, field }) {
      const known = careless.ignoreVary ? undefined : store.newest(key)?.selection
      if (!known || known.length === 0) return key
      const names = known.map(([name]) => name)
      return `${key}\n${JSON.stringify(selectionOf(names, field))}`
    },
    isUnshared(key) {
      const until = unshared.get(key)
      return until !== undefined && clock.elapsed() < until
    },
    noteUnshared({ key, method, directives, headers }) {
      if (method !== 'GET' || directives.has('no-store') || isPartial(headers)) return
      unshared.set(key, clock.elapsed() + UNSHARED.ms)
    },
    doom(match) {
      for (const [flight, key] of aloft) if (match(key)) flight.doom()
      for (const key of [...unshared.keys()]) if (match(key)) unshared.delete(key)
    },
    close() {
      for (const flight of [...aloft.keys()]) flight.abort()
    },
  }
}

/** Whether what comes back may be no whole answer. */
export function isPartial(headers: Asked['headers']): boolean {
  return ['range', 'if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since'].some(
    (name) => headers[name] !== undefined,
  )
}
