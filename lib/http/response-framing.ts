import type { Client, Pool } from 'undici'

/** Bytes of the fields of a response that our clients read. Cookies and policies of large sites fill half of it. */
export const RESPONSE_FIELD_BYTES = 64 * 1024

/** What llhttp takes as "this message has no body, whatever its fields say". */
const SKIP_BODY = 1
const CONTINUE = 100
/** No body, whatever its fields say (RFC 9112, 6.3). HEAD and 1xx are known to undici. */
const BODILESS = new Set([204, 304])

/** The part of undici's HTTP/1.1 parser that is corrected here. */
interface Parser {
  statusCode: number
  statusText: string
  headers: unknown[]
  headersSize: number
  /** The `Content-Length` field of the response, '' if it has none. At the end the body must have that length. */
  contentLength: string
  keepAlive: string
  connection: string
  /** Called with each head. */
  onHeadersComplete(status: number, upgrade: boolean, keepAlive: boolean): number
}

/**
 * Corrects how undici 7 reads two kinds of response, on each connection of `dispatcher`. A 204 or 304 ends with its head
 * even if it has a `Content-Length` (RFC 9112, 6.3): undici waits for the body, then fails. A 100 that wasn't requested is
 * skipped (RFC 9110, 15.2): undici drops the connection. No option or hook of undici reaches either, and `node:http`, which
 * reads both well, costs several times the CPU per request.
 * @throws {Error} on the first connection, if undici's parser isn't where it is in the pinned version.
 */
export function correctFraming<D extends Client | Pool>(dispatcher: D): D {
  // Emitted before the first request is written.
  dispatcher.on('connect', (_origin, targets) => {
    const socket = hidden(targets.at(-1), 'socket')
    correct(hidden(socket, 'parser') as Parser)
  })
  return dispatcher
}

function correct(parser: Parser): void {
  const read = parser.onHeadersComplete
  parser.onHeadersComplete = function (status, upgrade, keepAlive) {
    if (status === CONTINUE) {
      this.statusCode = status
      this.statusText = this.keepAlive = this.connection = ''
      this.headers = []
      this.headersSize = 0
      return SKIP_BODY
    }
    const result = read.call(this, status, upgrade, keepAlive)
    if (!BODILESS.has(status) || result < 0) return result
    this.contentLength = ''
    return SKIP_BODY
  }
}

/** A property that undici keeps under a symbol of this description. */
function hidden(holder: object | undefined, description: string): object {
  const symbol = Object.getOwnPropertySymbols(holder ?? {}).find((each) => each.description === description)
  const value: unknown = symbol && Reflect.get(holder ?? {}, symbol)
  if (typeof value !== 'object' || value === null) throw new Error(`undici has no ${description} where 7.30 has it.`)
  return value
}
