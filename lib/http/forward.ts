import { Agent, request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { without } from './edge/fields'
import { hopsOf, viaOf } from './edge/hops'
import { isFromBrowser } from './guard'
import { problem } from './problem'

/** Connections to one server at most; further requests wait for one. */
const CONNECTIONS = 64
/** A server that sends nothing for this long is unavailable. Its event streams say something more often. */
const SILENT_MS = 60_000

/**
 * What a browser says of the page that asks: the app's guard has judged it, and that server's would judge by its own
 * name. Cookies stay with the app, or a cache behind it could hand one reader's to another.
 */
const OF_PAGES = ['origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-user', 'cookie']
/** They are made anew, or were answered here. */
const OWN = ['host', 'via', 'expect']
const DROPPED: ReadonlySet<string> = new Set([...OF_PAGES, ...OWN])
const COOKIES: ReadonlySet<string> = new Set(['set-cookie'])
const COOKIE_OF_OURS = /^hitrate-/

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

/**
 * Forwards a request to another server of this machine, and its response as it comes: fields as that server sent them,
 * but for those of the connection (RFC 9110, 7.6.1), those that `response` has already, and our cookies.
 * @param to scheme, host, and port of that server.
 * @param target path and query.
 * @throws `process-unavailable` if it doesn't respond. One that breaks off later has the connection cut.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { to, target }: { to: string; target: string },
): Promise<void> {
  const upstream = await respond(request, response, { to, target, again: true })
  if (upstream === undefined) return
  const { rawHeaders, headers, statusCode = 502, statusMessage } = upstream
  const fields = without(rawHeaders, hopsOf(headers.connection), new Set(response.getHeaderNames()), COOKIES)
  for (const cookie of headers['set-cookie'] ?? []) {
    if (!COOKIE_OF_OURS.test(cookie)) fields.push('Set-Cookie', cookie)
  }
  response.writeHead(statusCode, statusMessage, fields)
  response.flushHeaders()
  upstream.once('error', () => response.destroy())
  upstream.pipe(response)
}

/** Sends the request. Gives the head of the response; undefined where nobody waits for it any more. */
function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { to, target, again }: { to: string; target: string; again: boolean },
): Promise<IncomingMessage | undefined> {
  const { method, headers } = request
  const { host, hostname, port } = new URL(to)
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = ask({ agent, hostname, port, method, path: target, timeout: SILENT_MS })
    for (const [name, values] of fieldsFor(request, host)) sent.setHeader(name, values)
    const gone = () => {
      sent.destroy()
      resolve(undefined)
    }
    response.once('close', gone)
    sent.once('response', resolve)
    sent.once('timeout', () => sent.destroy(new Error(`It has sent nothing for ${SILENT_MS / 1000} s.`)))
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      response.off('close', gone)
      // A kept connection that was closed as the request went out: nothing of it was read (RFC 9110, 9.2.2).
      if (again && !hasBody && sent.reusedSocket && cause.code === 'ECONNRESET') {
        resolve(respond(request, response, { to, target, again: false }))
      } else reject(problem('process-unavailable', { detail: cause.message }, { cause }))
    })
    if (hasBody) request.pipe(sent)
    else sent.end()
  })
}

/** The fields of the request as it goes on, each with its lines. */
function fieldsFor({ rawHeaders, headers, httpVersion }: IncomingMessage, host: string): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  const kept = without(rawHeaders, hopsOf(headers.connection), DROPPED)
  const add = (name: string, value: string) => fields.set(name, [...(fields.get(name) ?? []), value])
  for (let i = 0; i < kept.length; i += 2) add((kept[i] ?? '').toLowerCase(), kept[i + 1] ?? '')
  add('host', host)
  add('via', viaOf(rawHeaders, httpVersion, 'hitrate'))
  // Node frames what it sends, but would leave the body of a DELETE without a frame.
  if (headers['transfer-encoding'] !== undefined) add('transfer-encoding', 'chunked')
  // Its guard lets a page of the app pass, and its log doesn't take it for a program.
  if (isFromBrowser((name) => headers[name] !== undefined)) add('sec-fetch-site', 'same-origin')
  return fields
}
