import type { Socket } from 'node:net'
import { buildConnector, Client, type Dispatcher, errors, interceptors } from 'undici'
import { readCacheStatus } from '../http/cache-status'
import { resolveHost } from '../http/resolve-host'
import { correctFraming, RESPONSE_FIELD_BYTES } from '../http/response-framing'
import type { Outcome } from '../reading'
import { handlerMs, outcomeOf } from './outcome'
import { privateCache } from './private-cache'
import type { Failure } from './report'
import { UNCOUNTED_HEADER } from './run-header'

type Headers = Record<string, string | string[] | undefined>

/** A request that has no answer by then is an error. */
const TIMEOUT_MS = 10_000
/** What one request came to. */
export interface Answer {
  outcome: Outcome
  bytes: number
  /** The client's own cache served it: no server knows of it. */
  own?: true
  /** Why its outcome is an error. */
  failure?: Exclude<Failure, 'overflow'>
  /** Milliseconds inside the handler, where this request reached it. */
  handlerMs?: number
  /** The origin's version of what was answered, where it is told. */
  version?: number
  /** Of a whole response. */
  status?: number
  /** Whether no cache said what it did: neither `Cache-Status` in transit nor a cache of the client's own. */
  untold?: boolean
  /** Whether it was sent twice, because its connection was closed before anything came back. */
  retried?: boolean
  /** Of an answer that is to be kept: its headers, and what the client's own cache did, if it has one. */
  headers?: Headers
  browser?: 'hit' | 'revalidated' | 'miss'
}

/**
 * One virtual client: a connection of its own to each host, one request at a time, and an HTTP cache of its own where
 * asked for. A server may close an idle connection at any time, also while the next request is on its way. A GET that
 * was sent on a connection used before, and got nothing back, is sent once more (RFC 9112, 9.3.1).
 */
export interface VirtualClient {
  /**
   * Never rejects: what goes wrong is the outcome `error`. A body makes it a `PATCH` with JSON.
   * @param host the index of the host that is asked.
   * @param keep give the headers of its answer.
   */
  ask(path: string, headers: Record<string, string>, body?: string, host?: number, keep?: boolean): Promise<Answer>
  /** End what has been under way for too long at `now`, as by {@link clock}: an answer that trickles in never ends by itself. */
  look(now: number): void
  /** Resolves once no refresh of its cache is under way: the server has counted their origin calls by then. */
  refreshed(): Promise<void>
  /** Cut the connection, answered or not. */
  destroy(): Promise<void>
}

/**
 * Open a client of hosts that answer alike. Its cache knows them by one name, as what stands behind a load balancer has.
 * @param addresses scheme, host and port of each; at least one.
 * @param cacheBytes what its private HTTP cache may hold: one as a browser has (RFC 9111, by undici's interceptor). Then
 * a hit is a request that never left the client, and a revalidated one had a 304 to its conditional request. It has
 * none where this is 0.
 * @param connect opens the connection in another way than by TCP.
 */
export function openClient(
  addresses: readonly string[],
  cacheBytes: number,
  connect?: buildConnector.connector,
): VirtualClient {
  const origin = addresses[0] ?? ''
  const cached = cacheBytes > 0
  const dial = connect ?? buildConnector({ timeout: TIMEOUT_MS, lookup: resolveHost })
  /** The connection to each host. */
  const sockets: (Socket | undefined)[] = []
  const newClient = (address: string, host: number) =>
    correctFraming(
      new Client(address, {
        pipelining: 1,
        connect: (options, connected) =>
          dial(options, (...opened) => {
            sockets[host] = opened[1] ?? undefined
            connected(...opened)
          }),
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        maxHeaderSize: RESPONSE_FIELD_BYTES,
      }),
    )
  /** The request under way: when it was asked, what has come of it, and who waits for it. */
  let request: Dispatcher.DispatchOptions = { path: '', method: 'GET' }
  let since = 0
  let late = false
  let retried = false
  /** The connection that was open when it was sent, and how much had come over it by then. */
  let socket: Socket | undefined
  let read = 0
  let keeping = false
  let bytes = 0
  let answer = nothing
  let waiting: ((answer: Answer) => void) | undefined
  /** What the request under way did on the network: nothing, or the status that came back. */
  let network: number | undefined
  const store = privateCache(cacheBytes)
  const refreshes = new Set<Promise<void>>()
  /**
   * Between the cache and the network. A 304 freshens the stored answer (RFC 9111, 4.3.4), which is put together here:
   * undici 7.30 would throw the stored one away when the 304 carries Cache-Control, and ask anew the next time.
   */
  const witness: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    // The request has its response, a stale one: this is the refresh behind it, which nobody waits for (RFC 5861, 3).
    const refresh = answer !== nothing
    if (!refresh) network = 0
    let over = () => {}
    if (refresh) {
      const under: Promise<void> = new Promise<void>((resolve) => {
        over = resolve
      }).finally(() => refreshes.delete(under))
      refreshes.add(under)
    }
    const sent = refresh
      ? { ...options, headers: { ...(options.headers as object), [UNCOUNTED_HEADER]: '1' } }
      : options
    const on = forward(handler)
    return dispatch(sent, {
      ...on,
      onResponseEnd(...args) {
        on.onResponseEnd?.(...args)
        over()
      },
      onResponseError(...args) {
        on.onResponseError?.(...args)
        over()
      },
      onResponseStart(controller, status, headers, message) {
        if (status >= 200 && !refresh) network = status
        const stored = status === 304 ? store.get({ origin, method: 'GET', path: options.path }) : undefined
        // The store in memory answers at once, with the body's chunks in an array; its type allows for others.
        if (!stored || stored instanceof Promise || !Array.isArray(stored.body)) {
          return handler.onResponseStart?.(controller, status, headers, message)
        }
        handler.onResponseStart?.(
          controller,
          stored.statusCode,
          { ...stored.headers, ...headers },
          stored.statusMessage,
        )
        for (const chunk of stored.body as Buffer[]) handler.onResponseData?.(controller, chunk)
      },
    })
  }
  const clients = addresses.map(newClient)
  /** The host of the request under way. */
  let at = 0
  // A client sends to its own address, whatever origin the cache knows the request by.
  const send: Dispatcher['dispatch'] = (options, handler) => clients[at]?.dispatch(options, handler) ?? false
  const dispatch = cached ? interceptors.cache({ type: 'private', store })(witness(send)) : send

  const finish = (final: Answer) => {
    const tell = waiting
    waiting = undefined
    tell?.(final)
  }
  const fail = (error: unknown) => {
    if (lostBeforeAnswer() && !late && !retried && request.method === 'GET') {
      retried = true
      // Not from inside the client, which still clears up the connection.
      return queueMicrotask(begin)
    }
    const failure = late || isTimeout(error) ? 'timeout' : 'connection'
    finish({ outcome: 'error', bytes, failure, ...(retried && { retried }) })
  }
  const lostBeforeAnswer = () => read > 0 && socket === sockets[at] && socket?.bytesRead === read
  const begin = () => {
    network = undefined
    bytes = 0
    answer = nothing
    socket = sockets[at]
    read = socket?.bytesRead ?? 0
    try {
      dispatch(request, handler)
    } catch (error) {
      fail(error)
    }
  }
  /** One for all requests, since there is one at a time: to make it anew for each costs a tenth of a request. */
  const handler: Dispatcher.DispatchHandler = {
    // undici takes a handler without it for one of the old kind.
    onRequestStart() {},
    onResponseStart(_controller, status, headers) {
      if (status < 200) return
      answer = readHead(status, headers, cached ? { asked: network } : undefined)
      if (!keeping) return
      const browser = network === undefined ? 'hit' : network === 304 ? 'revalidated' : 'miss'
      answer = { ...answer, headers, ...(cached && { browser }) }
    },
    onResponseData(_controller, chunk) {
      bytes += chunk.byteLength
    },
    onResponseEnd() {
      // Written into the answer that its head has made: a copy for each request would show. What the cache replays was
      // not received.
      if (answer !== nothing) answer.bytes = cached && (network === undefined || network === 304) ? 0 : bytes
      if (retried) answer.retried = true
      finish(answer)
    },
    onResponseError(_controller, error) {
      fail(error)
    },
  }

  return {
    ask(path, headers, body, host = 0, keep = false) {
      at = host
      keeping = keep
      late = false
      retried = false
      // Without `origin` the cache interceptor is passed over in silence.
      request =
        body === undefined
          ? { origin, path, method: 'GET', headers }
          : { origin, path, method: 'PATCH', headers: { ...headers, 'content-type': 'application/json' }, body }
      since = performance.now()
      return new Promise((resolve) => {
        waiting = resolve
        begin()
      })
    },
    look(now) {
      if (!waiting || late || now - since < TIMEOUT_MS) return
      late = true
      // One that never gets as far as being sent cannot be called off: its connection goes, and takes it along.
      void clients[at]?.destroy()
      clients[at] = newClient(addresses[at] ?? origin, at)
    },
    async refreshed() {
      await Promise.all(refreshes)
    },
    async destroy() {
      await Promise.all(clients.map((client) => client.destroy()))
    },
  }
}

/** Before any head has come. */
const nothing: Answer = { outcome: 'error', bytes: 0, failure: 'connection' }

function readHead(status: number, headers: Headers, cache: { asked: number | undefined } | undefined): Answer {
  const cacheStatus = field(headers, 'cache-status')
  const outcome = outcomeOf(status, cacheStatus)
  if (outcome === 'error')
    return { outcome, bytes: 0, status, failure: 'status', handlerMs: handlerMs(field(headers, 'server-timing')) }
  const version = versionOf(headers)
  // What the cache gave is a copy: the time it names is that of the request that was stored.
  if (cache && cache.asked === undefined) {
    // How undici marks what it serves past its lifetime.
    const stale = field(headers, 'warning').startsWith('110')
    return { outcome: stale ? 'stale' : 'hit', bytes: 0, status, version, own: true }
  }
  if (cache?.asked === 304) return { outcome: 'revalidated', bytes: 0, status, version }
  const timing = handlerMs(field(headers, 'server-timing'))
  if (cache || status === 304 || readCacheStatus(cacheStatus).length > 0)
    return { outcome, bytes: 0, status, version, handlerMs: timing }
  return { outcome: 'bypass', untold: true, bytes: 0, status, version, handlerMs: timing }
}

/** A whole number, or nothing where it is none. */
function versionOf(headers: Headers): number | undefined {
  const value = headers['x-version']
  if (value === undefined) return undefined
  const version = Number(value)
  return Number.isSafeInteger(version) ? version : undefined
}

/** A header's value, those of several lines joined (RFC 9110, 5.3); empty where there is none. */
function field(headers: Headers, name: string): string {
  const value = headers[name] ?? ''
  return typeof value === 'string' ? value : value.join(', ')
}

const TIMEOUTS = [errors.HeadersTimeoutError, errors.BodyTimeoutError, errors.ConnectTimeoutError] as const
const isTimeout = (error: unknown): boolean => TIMEOUTS.some((kind) => error instanceof kind)

/** A handler's own methods, bound: spreading an instance of a class loses them. */
function forward(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (...args) => handler.onRequestStart?.(...args),
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  }
}
