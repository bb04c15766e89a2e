import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Fields } from './fields'

/** What goes to the origin. */
export interface Call {
  method: string
  /** Path and query. */
  path: string
  fields: Fields
  body?: Readable
}

export interface Reply {
  status: number
  /** As they came, hop-by-hop fields and all. */
  fields: string[]
}

/** Why an origin did not answer. */
export type Failure = 'unavailable' | 'timeout'

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
  const timer = setTimeout(() => fail('timeout'), headersMs)

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
        } else fail(TIMEOUTS.has(code) ? 'timeout' : 'unavailable')
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

/** undici gives raw fields as buffers; field values are Latin-1 on the wire, and go out so again. */
function textOf(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  return Array.isArray(raw) ? raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1'))) : []
}
