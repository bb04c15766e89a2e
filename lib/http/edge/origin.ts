import type { IncomingMessage } from 'node:http'
import { type Dispatcher, errors } from 'undici'
import { type Fields, fieldOf, tokensOf } from './fields'

/** What goes to the origin. */
export interface Call {
  method: string
  /** Path and query. */
  path: string
  fields: Fields
  body?: IncomingMessage
}

export interface Reply {
  status: number
  /** As they came, hop-by-hop fields and all. */
  fields: string[]
}

/**
 * Why there is no answer: the origin could not be reached or closed the connection before it answered, took too long, sent
 * what is not HTTP, or sent more fields than {@link RESPONSE_FIELD_BYTES}.
 */
export type Failure = 'unavailable' | 'timeout' | 'unreadable' | 'oversized'

export interface CallEvents {
  /** An interim answer (1xx) before the head, any number of them. */
  interim(reply: Reply): void
  head(reply: Reply): void
  data(chunk: Buffer): void
  end(): void
  /** Before the head: why. After it: the body broke off. */
  failed(failure: Failure): void
}

/** A call under way. */
export interface Calling {
  /** Break it off; `failed` is not told then. */
  abort(): void
  pause(): void
  resume(): void
}

/** Methods that may be sent again by a proxy when a kept connection turned out to be closed (RFC 9110, 9.2.2). */
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS'])
const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'])
/** The second is what comes of two lengths. */
const UNREADABLE = [errors.HTTPParserError, errors.ResponseContentLengthMismatchError] as const
const CUT = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/**
 * Ask the origin, with the connections of `pool`. Trailers are dropped, as RFC 9110, 6.5.1 allows. So is an unasked 100: we
 * never send Expect, because Node has answered the client's.
 * @param headersMs how long it may take to the head of the answer, the wait for a connection included.
 */
export function callOrigin(pool: Dispatcher, call: Call, events: CallEvents, headersMs: number): Calling {
  let controller: Dispatcher.DispatchController | undefined
  let over = false
  let answered = false
  let repeated = false
  let timer = setTimeout(expire, headersMs)
  let received = 0

  /** The time runs from when the request is with the origin: a client may take long to send it. */
  function expire(): void {
    const { body } = call
    const before = received
    received = body && !body.complete ? body.socket.bytesRead : before
    if (received === before) fail('timeout')
    else timer = setTimeout(expire, headersMs)
  }

  function finish(): boolean {
    clearTimeout(timer)
    const first = !over
    over = true
    return first
  }
  function fail(failure: Failure): void {
    if (!finish()) return
    events.failed(failure)
    controller?.abort(new Error(failure))
  }

  function dispatch(): void {
    const { method, path, fields, body } = call
    const options: Dispatcher.DispatchOptions = { method, path, headers: [...fields], body: body ?? null }
    pool.dispatch(options, {
      onRequestStart(started) {
        controller = started
        if (over) started.abort(new Error('nobody waits any more'))
      },
      onResponseStart(from, status) {
        if (over) return
        const reply = { status, fields: textOf(from.rawHeaders) }
        if (!isReadable(reply)) {
          fail('unreadable')
          return
        }
        if (status < 200) {
          events.interim(reply)
          return
        }
        answered = true
        clearTimeout(timer)
        events.head(reply)
      },
      onResponseData(_from, chunk) {
        if (!over) events.data(chunk)
      },
      onResponseEnd() {
        if (finish()) events.end()
      },
      onResponseError(_from, error) {
        const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
        if (!over && !answered && !repeated && !body && REPEATABLE.has(method) && CUT.has(code)) {
          repeated = true
          dispatch()
        } else fail(failureOf(error, code))
      },
    })
  }
  dispatch()

  return {
    abort() {
      if (finish()) controller?.abort(new Error('nobody waits any more'))
    },
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
  }
}

/**
 * A 101 would hand the connection over, which nobody asked for, and what lies outside 100 to 599 is no status (RFC 9110,
 * 15). A body in another coding than chunked can't be decoded here, and would go on as if it were none (RFC 9112, 6.1).
 */
function isReadable({ status, fields }: Reply): boolean {
  if (status < 100 || status === 101 || status > 599) return false
  const codings = tokensOf(fieldOf(fields, 'transfer-encoding'))
  return codings.every((coding, at) => at === 0 && (coding === 'chunked' || coding === 'identity'))
}

function failureOf(error: Error, code: string): Failure {
  if (TIMEOUTS.has(code)) return 'timeout'
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'oversized'
  // An unasked 101 has the code of a connection that broke.
  return UNREADABLE.some((kind) => error instanceof kind) || error.message === 'bad upgrade'
    ? 'unreadable'
    : 'unavailable'
}

/** undici gives raw fields as buffers; field values are Latin-1 on the wire, and go out so again. */
function textOf(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  return Array.isArray(raw) ? raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1'))) : []
}
