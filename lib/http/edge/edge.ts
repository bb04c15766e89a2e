import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { Pool } from 'undici'
import { type Clock, systemClock } from '../../reading'
import { isLoopback } from '../loopback'
import { asProblem } from '../problem'
import { resolveHost } from '../resolve-host'
import { correctFraming, RESPONSE_FIELD_BYTES } from '../response-framing'
import { type Asked, headerOf, readAsked } from './asked'
import type { Entry } from './entry'
import { type Fields, fieldOf } from './fields'
import { openLookup } from './lookup'
import type { Careless } from './storable'
import { openStore } from './store'
import type { EdgeTold } from './told'

export type { Careless } from './storable'
export type { EdgeTold } from './told'

export interface EdgeOptions {
  /** The server behind: scheme http, a host of loopback, no path. */
  origin: string
  /** Our member in Cache-Status and our name in Via, where a request has a number behind it; a token. Default: `edge`. */
  name?: string
  /** What the store may take, headers and all. Default: {@link EDGE_DEFAULTS}. */
  bytes?: number
  entries?: number
  /** The longest body that is stored; longer ones are passed on. */
  entryBytes?: number
  /** Milliseconds to the head of the origin's answer, and between two pieces of its body. */
  headersMs?: number
  bodyMs?: number
  /** Milliseconds in which a client must take something of what is sent to it; then its connection is cut. */
  stalledMs?: number
  clock?: Clock
  /** Fields that are added to each request to the origin: name, value, name, value. Default: none. */
  added?: Fields
  /** Deliberate misconfigurations, for lessons on what they break. */
  careless?: Careless
  /** Told at once of each answer and of what happens to entries. It stands in the way of the answer: be quick. */
  told?(told: EdgeTold): void
}

export const EDGE_DEFAULTS = {
  name: 'edge',
  bytes: 64 * 1024 * 1024,
  entries: 10_000,
  entryBytes: 4 * 1024 * 1024,
  headersMs: 30_000,
  // An event stream of the app says something more often than that.
  bodyMs: 300_000,
  stalledMs: 30_000,
} as const

/** Connections to the origin at most; further requests wait for one. */
const CONNECTIONS = 256
const CONNECT_MS = 5_000
/** The field in which an origin may name the version of a value; the app's resources do. */
const VERSION_HEADER = 'x-version'
/** Enough that no two edges of a chain share their number. */
const HOP_BYTES = 4
const TOKEN = /^[A-Za-z*][!#$%&'*+.^_`|~\w:/-]*$/

/** A stored entry, as lists show it. Times are epoch ms. */
export interface EdgeEntry {
  /** Path and query. */
  key: string
  /** The request fields that select it, with their values. */
  vary?: Record<string, string>
  storedAt: number
  expiresAt: number
  bytes: number
  etag?: string
  /** The origin's own X-Version of it; where it names none, the moment it was received. Grows from one to the next. */
  version: number
}

export interface Edge {
  /** Mount it with {@link edgeServer}, or on a server of `node:http` that parses strictly. */
  listener: RequestListener
  /** The last used first, `limit` of them at most; `total` counts all that match. */
  entries(limit: number, match?: (pathAndQuery: string) => boolean): { entries: EdgeEntry[]; total: number }
  /** Forget entries, and whatever is on its way into the store. How many entries there were. */
  purge(match?: (pathAndQuery: string) => boolean): number
  /** Break off what is under way and let go of all connections to the origin. */
  close(): Promise<void>
}

/**
 * A shared HTTP cache (RFC 9111) in front of one server on loopback. Throws where an option cannot be used.
 */
export function openEdge(options: EdgeOptions): Edge {
  const origin = readOrigin(options.origin)
  const name = options.name ?? EDGE_DEFAULTS.name
  if (!TOKEN.test(name)) throw new Error(`name is ${JSON.stringify(name)}: it takes a token, such as edge.`)
  const bound = (parameter: 'bytes' | 'entries' | 'entryBytes' | 'headersMs' | 'bodyMs' | 'stalledMs'): number => {
    const value = options[parameter] ?? EDGE_DEFAULTS[parameter]
    if (Number.isSafeInteger(value) && value > 0) return value
    throw new Error(`${parameter} is ${value}: it takes a whole number from 1.`)
  }
  // Others may be called the same, and a chain of them is no loop.
  const hop = `${name}-${randomBytes(HOP_BYTES).toString('hex')}`
  const clock = options.clock ?? systemClock
  const careless = options.careless ?? {}
  const tell = options.told ?? (() => {})
  const headersMs = bound('headersMs')
  const pool = correctFraming(
    new Pool(origin, {
      connections: CONNECTIONS,
      pipelining: 1,
      connect: { timeout: CONNECT_MS, lookup: resolveHost },
      // Ours is exact, and counts the wait for a connection.
      headersTimeout: 0,
      bodyTimeout: bound('bodyMs'),
      maxHeaderSize: RESPONSE_FIELD_BYTES,
    }),
  )

  const aboutEntry = (kind: 'store' | 'eviction' | 'invalidation', { key }: Pick<Entry, 'key'>, asked?: Asked) =>
    tell({
      at: clock.now(),
      kind,
      method: asked?.method ?? '',
      url: key,
      durMs: 0,
      header: (field) => headerOf(asked, field),
    })
  /** Who made others make way: evictions happen while something is stored. */
  let storing: Asked | undefined
  const store = openStore({
    bytes: bound('bytes'),
    entries: bound('entries'),
    ignoreVary: careless.ignoreVary,
    evicted: (entry) => aboutEntry('eviction', entry, storing),
  })
  const lookup = openLookup({
    pool,
    store,
    clock,
    careless,
    authority: new URL(origin).host,
    name,
    hop,
    added: options.added ?? [],
    entryBytes: bound('entryBytes'),
    headersMs,
    stalledMs: bound('stalledMs'),
    storing: (asked) => (storing = asked),
    stored: (entry, asked) => aboutEntry('store', entry, asked),
    invalidated: (entry, asked) => aboutEntry('invalidation', entry, asked),
    tell,
  })

  return {
    listener(incoming, response) {
      // A client that goes away is nobody's error.
      response.on('error', () => {})
      try {
        lookup.answer(readAsked(incoming, hop), incoming, response)
      } catch (error) {
        // One request must not end the process that answers all others.
        lookup.answer(asProblem(error), incoming, response)
      }
    },
    entries(limit, match = () => true) {
      const entries: EdgeEntry[] = []
      let total = 0
      for (const entry of store.all()) {
        if (!match(entry.key)) continue
        total += 1
        if (entries.length < limit) entries.push(shown(entry))
      }
      return { entries, total }
    },
    purge: lookup.purge,
    async close() {
      lookup.close()
      await pool.destroy()
    },
  }
}

function shown(entry: Entry): EdgeEntry {
  const { key, selection, respondedAt, lifetimeMs, initialAgeMs, bytes, etag } = entry
  const vary = Object.fromEntries(selection.map(([name, value]) => [name, value ?? '']))
  return {
    key,
    ...(selection.length > 0 ? { vary } : {}),
    storedAt: respondedAt,
    expiresAt: respondedAt + lifetimeMs - initialAgeMs,
    bytes,
    version: Number(fieldOf(entry.fields, VERSION_HEADER) ?? respondedAt) || respondedAt,
    ...(etag === undefined ? {} : { etag }),
  }
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  if (!plain || url.protocol !== 'http:' || !isLoopback(url.hostname)) {
    throw new Error(
      `origin is ${JSON.stringify(text)}: it takes an address on loopback, such as http://127.0.0.1:9000.`,
    )
  }
  return url.origin
}
