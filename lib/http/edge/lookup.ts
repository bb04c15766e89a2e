import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Outcome } from '../../reading'
import { Problem, problem } from '../problem'
import { type Asked, headerOf, refusedAsked } from './asked'
import type { Came, Why } from './cache-status'
import { ageMs, type Dated, type Entry } from './entry'
import { type Fields, fieldOf } from './fields'
import type { Flight } from './flight'
import { isPartial, openFlights } from './flights'
import { invalidatedBy } from './invalidation'
import type { Landed, Waiter } from './landed'
import type { Reply } from './origin'
import { judge, servesOnError } from './reuse'
import { type EdgeTold, outcomeFor } from './told'
import { selects } from './vary'
import { type Visit, writeEntry, writeInterim, writeProblem, writeReply } from './visit'
import type { World } from './world'

/** Methods that change nothing (RFC 9110, 9.2.1, and the registry of methods). What is not known to be safe is not. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'REPORT', 'SEARCH', 'QUERY'])
const ALLOWED = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'

export interface LookupWorld extends World {
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
  const flights = openFlights(world)

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

  /** What is not forwarded: TRACE, and OPTIONS that is for us. */
  function answersItself(visit: Visit): boolean {
    const { asked, response } = visit
    const ends = asked.headers['max-forwards'] === '0' || asked.key === '*'
    if (asked.method === 'OPTIONS' && ends) {
      response.writeHead(204, ['Allow', ALLOWED])
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
    const reuse = entry && judge(entry, directives, clock)
    if (entry && reuse && reuse.use !== 'none') {
      // As it was judged: a lifetime that ends at this moment must not be reported as both.
      const left = reuse.use === 'fresh' ? Math.max(leftMs(entry), 0) : Math.min(leftMs(entry), -1)
      give(visit, entry, { hit: true, leftMs: left }, reuse.use === 'fresh' ? 'hit' : 'stale')
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
    const at = flights.keyOf(asked)
    // Answers to these are for one client: they are no whole, or were asked for because another's would not do.
    const alone = method !== 'GET' || directives.has('no-store') || !together || flights.isUnshared(key)
    const leads = !alone && (entry !== undefined || !isPartial(headers))
    const joins = !alone && !directives.has('no-cache') && !directives.has('max-age')
    const leader = joins ? flights.find(at) : undefined
    const how = (landed: Landed, waited: boolean) => land(visit, landed, { why, entry, waited })
    waitFor(visit, how, { entry, at: leads ? at : undefined, leader })
  }

  /** The origin has answered, or not. */
  function land(
    visit: Visit,
    landed: Landed,
    { why, entry, waited }: { why: Why; entry?: Entry; waited: boolean },
  ): void {
    const { asked } = visit
    const collapsed = waited
    const failed = landed.kind === 'failed' || (landed.kind === 'reply' && STANDS_IN_FOR.has(landed.reply.status))
    if (entry && failed && servesOnError(entry, asked.directives, clock)) {
      const status = landed.kind === 'reply' ? landed.reply.status : undefined
      const detail = landed.kind === 'failed' ? landed.failure : undefined
      give(visit, entry, { hit: false, why, status, collapsed, leftMs: Math.min(leftMs(entry), -1), detail }, 'stale')
      return
    }
    if (landed.kind === 'failed') {
      const came: Came = { hit: false, why, collapsed, detail: landed.failure }
      done(visit, writeProblem(visit, problem(`edge-origin-${landed.failure}`), world, came), 'error')
      return
    }
    const made = landed.kind === 'confirmed' ? landed.entry : landed.pending
    if (!made && !waited && landed.kind === 'reply' && landed.reply.status < 500) flights.noteUnshared(asked)
    if (waited && !(made && mayHave(asked, landed))) {
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
    const outcome = collapsed ? 'coalesced' : reply.status === 304 ? 'revalidated' : 'miss'
    done(visit, visit.response.statusCode, outcome, { upstream: fieldOf(reply.fields, 'cache-status') })
  }

  /** Whether one who waited along may have the answer: as if it were stored already. */
  function mayHave(asked: Asked, landed: Landed): boolean {
    const made = landed.kind === 'confirmed' ? landed.stored && landed.entry : landed.kind === 'reply' && landed.pending
    if (!made || judge(made, asked.directives, clock).use === 'none') return false
    return careless.ignoreVary || selects(made.selection, asked.field)
  }

  /** Bring an entry up to date behind an answer: one at a time (RFC 5861, 3). */
  function refresh({ asked }: Visit, entry: Entry): void {
    const at = flights.keyOf(asked)
    if (flights.find(at)) return
    const from = clock.elapsed()
    flights.launch(asked, {
      entry,
      at,
      background: true,
      waiter(landed) {
        const status = landed.kind === 'failed' ? undefined : landed.reply.status
        report(asked, 'refresh', { durMs: clock.elapsed() - from, status })
      },
    })
  }

  /** Pass a request on that the cache has no part in. One that is not safe makes what is stored invalid (RFC 9111, 4.4). */
  function pass(visit: Visit, why: 'method' | 'bypass'): void {
    const { asked } = visit
    waitFor(visit, (landed) => {
      if (landed.kind !== 'reply') {
        land(visit, landed, { why, waited: false })
        return
      }
      const { status, fields } = landed.reply
      if (!SAFE.has(asked.method) && status >= 200 && status < 400) {
        for (const key of invalidatedBy(asked, fields, world.authority)) forget(key, asked)
      }
      writeReply(visit, landed, { hit: false, why, status }, world, false)
      done(visit, status, 'bypass', { upstream: fieldOf(fields, 'cache-status') })
    })
  }

  /** Wait for `leader`, or else for a request of its own to the origin; `waited` says which. */
  function waitFor(
    visit: Visit,
    how: (landed: Landed, waited: boolean) => void,
    { entry, at, leader }: { entry?: Entry; at?: string; leader?: Flight } = {},
  ): void {
    const { asked, response } = visit
    const from = clock.elapsed()
    let waited = leader !== undefined
    let flight = leader
    const gone = () => flight?.leave(waiter)
    const waiter: Waiter = (landed) => {
      visit.waitedMs += clock.elapsed() - from
      response.off('close', gone)
      how(landed, waited)
      if (landed.kind === 'reply') response.once('close', () => landed.feed.detach(response))
    }
    response.once('close', gone)
    if (leader?.join(waiter)) return
    waited = false
    flight = flights.launch(asked, { entry, at, waiter, interim: (reply) => writeInterim(visit, reply) })
  }

  function forget(key: string, asked: Asked): void {
    flights.doom((other) => other === key)
    for (let entry = store.newest(key); entry; entry = store.newest(key)) {
      store.remove(entry)
      world.invalidated(entry, asked)
    }
  }

  function give(visit: Visit, entry: Entry, came: Came, outcome: Outcome, upstream?: Reply, personal?: Fields): void {
    const age = ageMs(entry, clock)
    writeEntry(visit, entry, came, world, upstream, personal)
    done(visit, visit.response.statusCode, outcome, { ageMs: age })
  }

  const leftMs = (entry: Dated) => entry.lifetimeMs - ageMs(entry, clock)

  function done(
    { asked, startedAt }: Visit,
    status: number,
    outcome: Outcome,
    more: Pick<EdgeTold, 'ageMs' | 'upstream'> = {},
  ): void {
    report(asked, outcomeFor(status, outcome), { durMs: clock.elapsed() - startedAt, status, ...more })
  }

  function report(
    asked: Asked,
    kind: EdgeTold['kind'],
    what: Pick<EdgeTold, 'durMs' | 'status' | 'ageMs' | 'upstream'>,
  ): void {
    const { method, key: url } = asked
    tell({ at: clock.now(), kind, method, url, ...what, header: (name) => headerOf(asked, name) })
  }

  return {
    answer,
    purge(match = () => true) {
      flights.doom(match)
      const gone = [...store.all()].filter(({ key }) => match(key))
      for (const entry of gone) store.remove(entry)
      return gone.length
    },
    close: flights.close,
  }
}

/** RFC 5861, 4. */
const STANDS_IN_FOR = new Set([500, 502, 503, 504])
