import type { IncomingMessage, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import type { Outcome } from '../../reading'
import { Problem, problem } from '../problem'
import type { Asked } from './asked'
import type { Came, Why } from './cache-status'
import { ageMsAt, type Entry } from './entry'
import type { Fields } from './fields'
import { depart, type Flight, type FlightWorld, type Landed, type Waiter } from './flight'
import { invalidatedBy } from './invalidation'
import type { Reply } from './origin'
import { preflightOf } from './pages'
import { judge, servesOnError } from './reuse'
import { type EdgeTold, outcomeFor } from './told'
import { selectionOf, selects } from './vary'
import { type Visit, writeEntry, writeProblem, writeReply } from './visit'

/** Addresses of which we remember that their answers are for one client each, and for how long: nobody waits there. */
const UNSHARED = { entries: 1_000, ms: 5_000 }
/** Methods that change nothing (RFC 9110, 9.2.1, and the registry of methods). What is not known to be safe is not. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'REPORT', 'SEARCH', 'QUERY'])
const ALLOWED = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'

export interface LookupWorld extends FlightWorld {
  tell(told: EdgeTold): void
}

export interface Lookup {
  answer(asked: Asked | Problem, incoming: IncomingMessage, response: ServerResponse): void
  purge(match?: (key: string) => boolean): number
  close(): void
}

/** The way of a request through the cache: what is stored, who is already asking, the origin. */
export function openLookup(world: LookupWorld): Lookup {
  const { store, clock, careless, tell } = world
  /** Those that others may join, by {@link flightKey}; and all, to be broken off. */
  const joinable = new Map<string, { flight: Flight; key: string }>()
  const aloft = new Set<Flight>()
  const unshared = new LRUCache<string, number>({ max: UNSHARED.entries })

  function answer(asked: Asked | Problem, incoming: IncomingMessage, response: ServerResponse): void {
    const startedAt = clock.elapsed()
    if (asked instanceof Problem) {
      const refused: Asked = refusedAsked(incoming)
      const status = writeProblem({ asked: refused, response, startedAt, waitedMs: 0 }, asked, world)
      done({ asked: refused, response, startedAt, waitedMs: 0 }, status, 'error')
      return
    }
    const visit: Visit = { asked, response, startedAt, waitedMs: 0 }
    const { method, hasBody } = asked
    if (answersItself(visit)) return
    if (method !== 'GET' && method !== 'HEAD') pass(visit, 'method')
    else if (hasBody) pass(visit, 'bypass')
    else look(visit, true)
  }

  /** What is not passed on: preflights, TRACE, and OPTIONS that is for us. */
  function answersItself(visit: Visit): boolean {
    const { asked, response } = visit
    const preflight = preflightOf(asked)
    const ends = asked.headers['max-forwards'] === '0' || asked.key === '*'
    if (preflight || (asked.method === 'OPTIONS' && ends)) {
      response.writeHead(204, [...(preflight ?? ['Allow', ALLOWED])])
      response.end()
      done(visit, 204, 'bypass')
      return true
    }
    if (asked.method !== 'TRACE' && asked.key !== '*') return false
    // It would show a client fields that a page may not see, and nobody needs it here.
    const refused = problem('method-not-allowed', {}, { headers: { allow: ALLOWED } })
    done(visit, writeProblem(visit, refused, world), 'error')
    return true
  }

  /** Look in the store. `together`: others may be waited for. */
  function look(visit: Visit, together: boolean): void {
    const { asked } = visit
    const { key, field, directives } = asked
    const entry = store.find(key, field)
    const reuse = entry && judge(entry, directives, clock.now())
    if (entry && reuse && reuse.use !== 'none') {
      give(visit, entry, { hit: true, leftMs: leftMs(entry) }, reuse.use === 'fresh' ? 'hit' : 'stale')
      if (reuse.use === 'stale' && reuse.refresh) refresh(visit, entry)
      return
    }
    if (directives.has('only-if-cached')) {
      done(visit, writeProblem(visit, problem('edge-only-if-cached'), world), 'error')
      return
    }
    const missed = store.newest(key) ? 'vary-miss' : 'uri-miss'
    ask(visit, { why: reuse?.use === 'none' ? reuse.why : missed, entry, together })
  }

  function ask(visit: Visit, { why, entry, together }: { why: Why; entry?: Entry; together: boolean }): void {
    const { asked } = visit
    const { directives, headers, method, key } = asked
    const flightAt = flightKey(asked)
    // Answers to these are for one client: they are no whole, or were asked for because another's would not do.
    const alone = method !== 'GET' || directives.has('no-store') || !together || isUnshared(key)
    const leads = !alone && (entry !== undefined || !isPartial(headers))
    const joins = !alone && !directives.has('no-cache') && !directives.has('max-age')
    const leader = joins ? joinable.get(flightAt)?.flight : undefined
    const from = clock.elapsed()
    const waited = leader !== undefined
    let flight = leader
    const waiter: Waiter = (landed) => {
      visit.waitedMs += clock.elapsed() - from
      visit.response.off('close', gone)
      land(visit, landed, { why, entry, waited })
      if (landed.kind === 'reply') visit.response.once('close', () => landed.feed.detach(visit.response))
    }
    const gone = () => flight?.leave(waiter)
    visit.response.once('close', gone)
    if (leader?.join(waiter)) return

    flight = launch(asked, { entry, at: leads ? flightAt : undefined })
    flight.join(waiter)
  }

  /** Start a request to the origin, which others find `at` this key. */
  function launch(
    asked: Asked,
    { entry, at, background }: { entry?: Entry; at?: string; background?: boolean },
  ): Flight {
    const flight = depart(
      {
        asked,
        entry,
        background,
        closed(ended) {
          if (at !== undefined && joinable.get(at)?.flight === ended) joinable.delete(at)
        },
        over: (ended) => aloft.delete(ended),
      },
      world,
    )
    aloft.add(flight)
    if (at !== undefined && !joinable.has(at)) joinable.set(at, { flight, key: asked.key })
    return flight
  }

  /** The origin has answered, or not. */
  function land(
    visit: Visit,
    landed: Landed,
    { why, entry, waited }: { why: Why; entry?: Entry; waited: boolean },
  ): void {
    const { asked } = visit
    const now = clock.now()
    const collapsed = waited
    const failed = landed.kind === 'failed' || (landed.kind === 'reply' && STANDS_IN_FOR.has(landed.reply.status))
    if (entry && failed && servesOnError(entry, asked.directives, now)) {
      const status = landed.kind === 'reply' ? landed.reply.status : undefined
      const detail = landed.kind === 'failed' ? landed.failure : undefined
      give(visit, entry, { hit: false, why, status, collapsed, leftMs: leftMs(entry), detail }, 'stale')
      return
    }
    if (landed.kind === 'failed') {
      const code = landed.failure === 'timeout' ? 'edge-origin-timeout' : 'edge-origin-unavailable'
      const came: Came = { hit: false, why, collapsed, detail: landed.failure }
      done(visit, writeProblem(visit, problem(code), world, came), 'error')
      return
    }
    const made = landed.kind === 'confirmed' ? landed.entry : landed.pending
    if (!made && !waited && landed.kind === 'reply') noteUnshared(asked)
    if (waited && !(made && mayHave(asked, landed, now))) {
      look(visit, false)
      return
    }
    if (landed.kind === 'confirmed') {
      const { entry: fresh, reply, stored, personal } = landed
      const came: Came = { hit: false, why, status: 304, stored, collapsed, leftMs: leftMs(fresh) }
      give(visit, fresh, came, collapsed ? 'coalesced' : 'revalidated', reply, waited ? [] : personal)
      return
    }
    const { reply, pending } = landed
    const stored = pending !== undefined
    const left = pending ? leftMs(pending) : undefined
    writeReply(visit, landed, { hit: false, why, status: reply.status, stored, collapsed, leftMs: left }, world, waited)
    done(visit, visit.response.statusCode, collapsed ? 'coalesced' : reply.status === 304 ? 'revalidated' : 'miss')
  }

  /** Whether one who waited along may have the answer: as if it were stored already. */
  function mayHave(asked: Asked, landed: Landed, now: number): boolean {
    const made = landed.kind === 'confirmed' ? landed.stored && landed.entry : landed.kind === 'reply' && landed.pending
    if (!made || judge(made, asked.directives, now).use === 'none') return false
    return careless.ignoreVary || selects(made.selection, asked.field)
  }

  /** Bring an entry up to date behind an answer: one at a time (RFC 5861, 3). */
  function refresh({ asked }: Visit, entry: Entry): void {
    const at = flightKey(asked)
    if (joinable.has(at)) return
    const from = clock.elapsed()
    launch(asked, { entry, at, background: true }).join((landed) => {
      const status = landed.kind === 'failed' ? undefined : landed.reply.status
      if (landed.kind === 'reply' && !landed.pending) landed.feed.fail()
      report(asked, 'refresh', { durMs: clock.elapsed() - from, status })
    })
  }

  /** Pass a request on that the cache has no part in. One that is not safe makes what is stored invalid (RFC 9111, 4.4). */
  function pass(visit: Visit, why: 'method' | 'bypass'): void {
    const { asked } = visit
    const from = clock.elapsed()
    const flight = launch(asked, {})
    const gone = () => flight.leave(waiter)
    const waiter: Waiter = (landed) => {
      visit.waitedMs += clock.elapsed() - from
      visit.response.off('close', gone)
      if (landed.kind === 'reply') {
        const { status, fields } = landed.reply
        if (!SAFE.has(asked.method) && status >= 200 && status < 400) {
          for (const key of invalidatedBy(asked, fields, world.authority)) forget(key, asked)
        }
        writeReply(visit, landed, { hit: false, why, status }, world, false)
        done(visit, status, 'bypass')
        visit.response.once('close', () => landed.feed.detach(visit.response))
      } else land(visit, landed, { why, waited: false })
    }
    visit.response.once('close', gone)
    flight.join(waiter)
  }

  function forget(key: string, asked: Asked): void {
    unshared.delete(key)
    for (const { flight, key: other } of [...joinable.values()]) if (other === key) flight.doom()
    for (let entry = store.newest(key); entry; entry = store.newest(key)) {
      store.remove(entry)
      world.invalidated(entry, asked)
    }
  }

  function give(visit: Visit, entry: Entry, came: Came, outcome: Outcome, upstream?: Reply, personal?: Fields): void {
    const ageMs = ageMsAt(entry, clock.now())
    writeEntry(visit, entry, came, world, upstream, personal)
    done(visit, visit.response.statusCode, outcome, ageMs)
  }

  const leftMs = (entry: Pick<Entry, 'policy' | 'lifetimeMs' | 'initialAgeMs' | 'respondedAt'>) =>
    entry.lifetimeMs - ageMsAt(entry, clock.now())

  function done({ asked, startedAt }: Visit, status: number, outcome: Outcome, ageMs?: number): void {
    report(asked, outcomeFor(status, outcome), { durMs: clock.elapsed() - startedAt, status, ageMs })
  }

  function report(asked: Asked, kind: EdgeTold['kind'], what: Pick<EdgeTold, 'durMs' | 'status' | 'ageMs'>): void {
    const header = (name: string) => {
      const value = asked.headers[name]
      return (Array.isArray(value) ? value.join(', ') : value) ?? ''
    }
    tell({ at: clock.now(), kind, method: asked.method, url: asked.key, ...what, header })
  }

  /** Those that ask with the same values of the fields that the address is known to vary on ask for the same. */
  function flightKey({ key, field }: Asked): string {
    const known = careless.ignoreVary ? undefined : store.newest(key)?.selection
    if (!known || known.length === 0) return key
    const names = known.map(([name]) => name)
    return `${key}\n${JSON.stringify(selectionOf(names, field))}`
  }

  function isUnshared(key: string): boolean {
    const until = unshared.get(key)
    return until !== undefined && clock.elapsed() < until
  }
  function noteUnshared({ key, method, directives }: Asked): void {
    if (method === 'GET' && !directives.has('no-store')) unshared.set(key, clock.elapsed() + UNSHARED.ms)
  }

  return {
    answer,
    purge(match = () => true) {
      for (const { flight, key } of [...joinable.values()]) if (match(key)) flight.doom()
      const gone = [...store.all()].filter(({ key }) => match(key))
      for (const entry of gone) store.remove(entry)
      unshared.clear()
      return gone.length
    },
    close() {
      for (const flight of [...aloft]) flight.abort()
    },
  }
}

/** RFC 5861, 4. */
const STANDS_IN_FOR = new Set([500, 502, 503, 504])

/** Whether what comes back may be no whole answer. */
function isPartial(headers: Asked['headers']): boolean {
  return ['range', 'if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since'].some(
    (name) => headers[name] !== undefined,
  )
}

/** What there is to say of a request that is refused unread. */
function refusedAsked(incoming: IncomingMessage): Asked {
  return {
    method: incoming.method ?? '',
    key: incoming.url ?? '',
    headers: incoming.headers,
    directives: new Map(),
    field: () => undefined,
    dropped: new Set(),
    hasBody: true,
    incoming,
  }
}
