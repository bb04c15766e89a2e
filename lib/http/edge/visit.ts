import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Clock } from '../../reading'
import { readCacheStatus } from '../cache-status'
import { PROBLEMS, type Problem, problemResponse } from '../problem'
import type { Asked } from './asked'
import { type Came, cacheStatusMember } from './cache-status'
import { fieldsOf304, isHeld, partOf } from './conditional'
import { ageMs, type Entry } from './entry'
import { type Fields, fieldOf, without } from './fields'
import { writeDate } from './http-date'
import type { LandedReply } from './landed'
import type { Reply } from './origin'
import { cutWhenStalled } from './stalled'

/** A request on its way to its answer. */
export interface Visit {
  asked: Asked
  response: ServerResponse
  /** `elapsed` of the clock. */
  startedAt: number
  /** Milliseconds of it that we waited for the origin. */
  waitedMs: number
}

/** How answers are written. `name` is ours in Cache-Status; `stalledMs` as in {@link EdgeOptions}. */
export interface Writing {
  clock: Clock
  name: string
  stalledMs: number
}

const NOBODYS: ReadonlySet<string> = new Set()
const NO_BODY = ['Content-Length', '0']
const OF_THE_HOP = new Set(['server-timing', 'cache-status'])

/**
 * Answer with a stored entry (RFC 9111, 4): 304 where the client holds it, a part where it asks for one, else all of it.
 * @param upstream the origin's answer where it was asked about the entry: its own Cache-Status and times go before ours.
 * @param personal further fields, for this client.
 */
export function writeEntry(
  visit: Visit,
  entry: Entry,
  came: Came,
  writing: Writing,
  upstream?: Reply,
  personal: Fields = [],
) {
  const { asked, response } = visit
  const { headers, method } = asked
  const made = [
    ...personal,
    'Age',
    String(Math.floor(ageMs(entry, writing.clock) / 1000)),
    ...ofTheHop(visit, came, writing, upstream?.fields ?? []),
  ]
  if (isHeld(entry, headers)) {
    write(visit, 304, [...fieldsOf304(entry.fields, entry.etag), ...made])
    response.end()
    return
  }
  const { body, fields, status } = entry
  const part = method === 'GET' && headers.range !== undefined ? partOf(entry, headers) : undefined
  if (part === 'unsatisfiable') {
    write(visit, 416, [
      ...fieldsOf304(fields, entry.etag),
      ...made,
      'Content-Range',
      `bytes */${body.byteLength}`,
      ...NO_BODY,
    ])
    response.end()
    return
  }
  const bytes = part ? body.subarray(part.from, part.to + 1) : body
  const range = part ? ['Content-Range', `bytes ${part.from}-${part.to}/${body.byteLength}`] : []
  const length = status === 204 ? [] : ['Content-Length', String(bytes.byteLength)]
  write(visit, part ? 206 : status, [...fields, ...made, ...range, ...length])
  response.end(method === 'HEAD' ? undefined : bytes)
  cutWhenStalled(response, writing.stalledMs)
}

/** Answer with what the origin sent, as it comes. What is for the one who asked is not for those that waited along. */
export function writeReply(visit: Visit, landed: LandedReply, came: Came, writing: Writing, waited: boolean) {
  const { asked, response } = visit
  const { reply, feed, pending } = landed
  const personal = waited && pending ? new Set<string>(pending.policy.withheld) : NOBODYS
  const fields = [...without(reply.fields, OF_THE_HOP, personal), ...ofTheHop(visit, came, writing, reply.fields)]
  if (pending && isHeld(pending, asked.headers)) {
    write(visit, 304, fieldsOf304(fields, pending.etag))
    response.end()
    return
  }
  write(visit, reply.status, fields)
  if (asked.method === 'HEAD') response.end()
  else feed.attach(response)
}

/**
 * Pass an interim answer (1xx) on (RFC 9110, 15.2). Node writes 102 and 103 alone, so that this goes around its response.
 * HTTP/1.0 has none; a request that waits behind others of its connection has none yet to write to, and a client that does
 * not read gets no more of them.
 */
export function writeInterim({ asked, response }: Visit, { status, fields }: Reply): void {
  const { socket, headersSent } = response
  if (!socket?.writable || socket.writableNeedDrain || headersSent || asked.incoming.httpVersion === '1.0') return
  const lines = fields.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${fields[i + 1] ?? ''}`] : []))
  socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n'), 'latin1')
}

/** Answer with a problem of ours; `came` where the request got as far as the cache. */
export function writeProblem(visit: Visit, problem: Problem, writing: Writing, came?: Came): number {
  const { response, asked } = visit
  const { status } = PROBLEMS[problem.code]
  const answer = problemResponse(problem)
  const fields = [...answer.headers, ['Date', writeDate(writing.clock.now())]].flat()
  if (came) fields.push(...ofTheHop(visit, came, writing, []))
  // A body that nobody reads any more would stand before the next request of this connection.
  if (asked.hasBody) fields.push('Connection', 'close')
  void answer.text().then((text) => {
    if (response.destroyed) return
    write(visit, status, [...fields, 'Content-Length', String(Buffer.byteLength(text))])
    response.end(text)
    asked.incoming.resume()
  })
  return status
}

/** Cache-Status (RFC 9211) and Server-Timing, those of the origin's answer before ours. */
function ofTheHop(visit: Visit, came: Came, { clock, name }: Writing, upstream: Fields): string[] {
  const member = cacheStatusMember(name, came)
  const ownMs = Math.max(clock.elapsed() - visit.startedAt - visit.waitedMs, 0)
  const timing = `${name};dur=${Number(ownMs.toFixed(3))}`
  const before = (theirs: string | undefined, own: string) => (theirs ? `${theirs}, ${own}` : own)
  const told = fieldOf(upstream, 'cache-status')
  // One that doesn't parse has to be ignored as a whole (RFC 9651, 4.2), and would take our member with it.
  const readable = readCacheStatus(told).length > 0 ? told : undefined
  return ['Cache-Status', before(readable, member), 'Server-Timing', before(fieldOf(upstream, 'server-timing'), timing)]
}

function write({ response }: Visit, status: number, fields: Fields): void {
  response.sendDate = false
  response.writeHead(status, [...fields])
}
