import type { Asked } from './asked'
import { callOf } from './call'
import { type Entry, entryOf, freshened } from './entry'
import { type Feed, openFeed } from './feed'
import { type Fields, fieldOf, without } from './fields'
import type { Exchange } from './freshness'
import type { Landed, Pending, Waiter } from './landed'
import { type Calling, callOrigin, type Reply } from './origin'
import { policyOf } from './policy'
import { confirms, interimOn, passedOn, shows } from './reply'
import { isStorable } from './storable'
import { selectionOf, varyNames } from './vary'
import type { World } from './world'

/** One request to the origin, for one client or for many that ask the same. */
export interface Flight {
  /** Send it. Whoever is to hear of its end in any case has joined before. */
  start(): void
  /** Be told how it lands, at once where it has. False where that is no longer possible. */
  join(waiter: Waiter): boolean
  /** Not to wait any more. With nobody waiting it is broken off. */
  leave(waiter: Waiter): void
  /** What it brings is out of date: it must not be stored. */
  doom(): void
  /** Break it off. */
  abort(): void
}

export interface Departure {
  asked: Asked
  /** The stored answer that is asked about. */
  entry?: Entry
  /** Nobody waits: goes on without waiters. */
  background?: boolean
  /** Given each interim answer (1xx). */
  interim?(reply: Reply): void
  /** Nobody can join any more. */
  closed(flight: Flight): void
  /** It has come to its end. */
  over(flight: Flight): void
}

/** How long a body may go on coming after all that wanted it have gone, so as to be stored. ms */
const DESERTED_MS = 10_000
const COOKIE = new Set(['set-cookie'])
const NOTHING = Buffer.alloc(0)

/** Make ready to ask the origin. */
export function depart({ asked, entry, background, interim, closed, over }: Departure, world: World): Flight {
  const { pool, store, clock, careless, authority, name, entryBytes, stalledMs } = world
  const waiters = new Set<Waiter>()
  let landed: Landed | undefined
  let calling: Calling | undefined
  let doomed = false
  let shut = false
  let validating = entry?.etag !== undefined || entry?.lastModified !== undefined ? entry : undefined
  /** The client's own conditions are not for the origin either, after it answered ours amiss. */
  let plain = false
  const isGet = background || asked.method === 'GET'
  let requestedAt = clock.now()
  let feed: Feed | undefined
  let finished: (() => void) | undefined
  let lingering: NodeJS.Timeout | undefined

  function close(): void {
    if (shut) return
    shut = true
    closed(flight)
  }
  function land(how: Landed): void {
    landed = how
    if (how.kind !== 'reply' || !how.pending) close()
    // Each may leave or join while it is told.
    for (const waiter of [...waiters]) waiter(how)
    waiters.clear()
  }

  function head(reply: Reply): void {
    const exchange: Exchange = { requestedAt, respondedAt: clock.now(), steadyAt: clock.steady() }
    const passed: Reply = { status: reply.status, fields: passedOn(reply, exchange, name) }
    if (reply.status === 304 && validating) {
      if (confirms(validating, passed)) confirm(validating, passed, exchange)
      else again()
      return
    }
    if (asked.method === 'HEAD' && !background) {
      if (reply.status === 200 && entry) compare(entry, passed, exchange)
      receive(passed, exchange)
      return
    }
    const { key, field } = asked
    const selection = selectionOf(varyNames(fieldOf(passed.fields, 'vary')), field)
    const made = entryOf({ key, status: reply.status, fields: passed.fields, body: NOTHING, selection, exchange })
    const length = Number(fieldOf(passed.fields, 'content-length') ?? 0)
    // What Connection takes away counts all the same where it forbids something.
    const storable =
      length <= entryBytes &&
      isStorable(candidateOf(passed.fields, made), careless) &&
      isStorable(candidateOf(reply.fields, { ...made, policy: policyOf(reply.fields) }), careless)
    const pending = storable && !doomed && !asked.hasBody ? made : undefined
    // What is no failure and not to be stored takes the place of what was: that is no longer the origin's word.
    const replaced = isGet && reply.status < 500 && reply.status !== 304
    if (entry && !pending && replaced) drop(entry)
    receive(passed, exchange, pending)
  }

  const candidateOf = (fields: Fields, { status, policy, lifetimeMs }: Pending) => ({
    method: isGet ? 'GET' : asked.method,
    requestNoStore: asked.directives.has('no-store') && !background,
    authorized: asked.field('authorization') !== undefined,
    status,
    fields,
    policy,
    lifetimeMs,
  })

  /** The stored answer brought up to date. What is for one client stays out of it. */
  function renewed(stored: Entry, { fields }: Reply, exchange: Exchange): Entry {
    const fresh = freshened(stored, without(fields, COOKIE), exchange)
    const vary = fieldOf(fields, 'vary')
    return vary === undefined ? fresh : { ...fresh, selection: selectionOf(varyNames(vary), asked.field) }
  }

  /**
   * Put it in the place of what is stored; false where it may not be. That it may not be stored for this request alone
   * leaves what is stored as it was.
   */
  function update(stored: Entry, fresh: Entry): boolean {
    const candidate = { ...candidateOf(fresh.fields, fresh), method: 'GET' }
    if (!isStorable({ ...candidate, authorized: false, requestNoStore: false }, careless)) {
      drop(stored)
      return false
    }
    // What is invalid meanwhile is gone from the store.
    if (!store.has(stored) || !isStorable(candidate, careless)) return false
    world.storing(asked)
    store.replace(stored, fresh)
    world.stored(fresh, asked)
    return true
  }

  /** The stored answer holds (RFC 9111, 4.3.4). */
  function confirm(stored: Entry, reply: Reply, exchange: Exchange): void {
    const fresh = renewed(stored, reply, exchange)
    const own = new Set(['set-cookie', ...fresh.policy.withheld])
    const personal = reply.fields.filter((_, i) => own.has(reply.fields[i - (i % 2)]?.toLowerCase() ?? ''))
    land({ kind: 'confirmed', entry: fresh, stored: update(stored, fresh), reply, personal })
  }

  /** A 304 that is about another answer than ours says nothing of it: ask for the whole. */
  function again(): void {
    validating = undefined
    plain = true
    calling?.abort()
    call()
  }

  /** A HEAD brings the stored answer up to date, or shows that it is not (RFC 9111, 4.3.5). */
  function compare(stored: Entry, reply: Reply, exchange: Exchange): void {
    if (shows(stored, reply)) update(stored, renewed(stored, reply, exchange))
    else drop(stored)
  }

  function drop(stored: Entry): void {
    if (!store.has(stored)) return
    store.remove(stored)
    world.invalidated(stored, asked)
  }

  function receive(reply: Reply, exchange: Exchange, pending?: Pending): void {
    const body = openFeed({
      keepBytes: pending ? entryBytes : 0,
      stalledMs,
      pause: () => calling?.pause(),
      resume: () => calling?.resume(),
      deserted() {
        clearTimeout(lingering)
        // Others may have come since.
        const giveUp = () => body.readers === 0 && abort()
        if (pending && body.joinable) lingering = setTimeout(giveUp, DESERTED_MS).unref()
        else abort()
      },
    })
    feed = body
    finished = () => {
      clearTimeout(lingering)
      const whole = pending && !doomed ? body.whole() : undefined
      if (pending && whole) {
        const made = entryOf({ ...pending, fields: reply.fields, body: whole, exchange })
        world.storing(asked)
        if (store.put(made, asked.field)) world.stored(made, asked)
      }
      close()
      over(flight)
      body.end()
    }
    land({ kind: 'reply', reply, feed: body, pending })
  }

  function abort(): void {
    clearTimeout(lingering)
    calling?.abort()
    feed?.fail()
    close()
    over(flight)
    if (landed === undefined) land({ kind: 'failed', failure: 'unavailable' })
  }

  function call(): void {
    requestedAt = clock.now()
    calling = callOrigin(
      pool,
      callOf(asked, { authority, hop: world.hop, added: world.added, validate: validating, plain, background }),
      {
        interim: (reply) => interim?.(interimOn(reply, name)),
        head,
        data: (chunk) => feed?.push(chunk),
        end: () => (finished ? finished() : over(flight)),
        failed(failure) {
          clearTimeout(lingering)
          close()
          over(flight)
          if (feed) feed.fail()
          else land({ kind: 'failed', failure })
        },
      },
      world.headersMs,
    )
  }

  const flight: Flight = {
    join(waiter) {
      if (landed === undefined) waiters.add(waiter)
      else if (landed.kind === 'reply' && landed.feed.joinable) waiter(landed)
      else return false
      return true
    },
    leave(waiter) {
      if (waiters.delete(waiter) && waiters.size === 0 && landed === undefined && !background) abort()
    },
    doom() {
      doomed = true
      close()
    },
    abort,
    start: call,
  }
  return flight
}
