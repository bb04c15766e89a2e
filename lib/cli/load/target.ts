import { connect, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { isLoopback } from '../../http/loopback'
import { resolveHost } from '../../http/resolve-host'
import { readOptions, urlOf } from '../options'
import { UsageError } from './usage-error'

/** In a target this stands for the number of the key: 1 to as many keys as there are. */
export const KEY_MARK = '{n}'
const TARGET_TAKES = 'a path such as /api/tasks/1, or a URL with http or https'
/** How long a connection may take before the target counts as out of reach. */
const REACH_MS = 5_000

/** What a load asks: one server, and a path for each key. */
export interface Target {
  /** As it was given, but whole. */
  url: string
  /** Scheme, host and port. */
  origin: string
  paths: string[]
  /** Whether others than this machine may be meant. */
  remote: boolean
}

/**
 * Read a target: a URL, or a path of the app on this machine, which is at `HITRATE_ADDRESS`, or else where `HOST` and
 * `PORT` say. Throws a {@link UsageError}.
 * @param keys how many keys {@link KEY_MARK} stands for; undefined where nothing was said of it.
 */
export function readTarget(text: string, keys: number | undefined, env: NodeJS.ProcessEnv): Target {
  const marked = text.includes(KEY_MARK)
  if (marked && keys === undefined)
    throw new UsageError(`The target has ${KEY_MARK}: say with --keys how many there are.`)
  if (!marked && keys !== undefined) {
    throw new UsageError(`--keys is ${keys}: it needs ${KEY_MARK} in the target, which stands for the key's number.`)
  }
  const whole = isPath(text) ? ownAddress(env) + text : text
  const urls = Array.from({ length: keys ?? 1 }, (_, n) => readUrl(whole.replaceAll(KEY_MARK, String(n + 1)), text))
  const [{ origin, hostname } = new URL(whole)] = urls
  if (urls.some((url) => url.origin !== origin)) {
    throw new UsageError(`The target is ${JSON.stringify(text)}: ${KEY_MARK} may stand in its path and query only.`)
  }
  return {
    url: whole,
    origin,
    paths: urls.map(({ pathname, search }) => pathname + search),
    remote: !isLoopback(hostname),
  }
}

/**
 * Whether something listens there: a connection that is opened, and closed again. Gives why not, in a few words;
 * undefined where it does.
 */
export function unreachable(origin: string): Promise<string | undefined> {
  const { protocol, hostname, port } = new URL(origin)
  const secure = protocol === 'https:'
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const to = { host, port: Number(port || (secure ? 443 : 80)) }
  return new Promise((resolve) => {
    // A server name is never an IP address (RFC 6066, 3), and some servers refuse one that is.
    const socket = secure
      ? connectTls({ ...to, lookup: resolveHost, servername: isIP(host) ? '' : host })
      : connect({ ...to, lookup: resolveHost })
    const end = (why?: string) => {
      socket.destroy()
      resolve(why)
    }
    socket.setTimeout(REACH_MS, () => end(`no connection in ${REACH_MS / 1000} s`))
    socket.once(secure ? 'secureConnect' : 'connect', () => end())
    socket.once('error', (error: NodeJS.ErrnoException) => end(whyNot(error)))
  })
}

const WHY: Partial<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  const why = code === undefined ? undefined : WHY[code]
  if (why) return `${why} (${code})`
  return message || (code ?? 'the connection failed')
}

const isPath = (text: string): boolean => text.startsWith('/') && !text.startsWith('//')

/** The app's own address, as `npm start` prints it with the same settings. */
function ownAddress(env: NodeJS.ProcessEnv): string {
  const { HITRATE_ADDRESS: address } = env
  if (address) {
    const url = URL.canParse(address) ? new URL(address) : undefined
    if (url && /^https?:$/.test(url.protocol)) return url.origin
    throw new UsageError(`HITRATE_ADDRESS is ${JSON.stringify(address)}: it takes a URL such as http://127.0.0.1:3000.`)
  }
  const { host, port } = portAndHost(env)
  if (port === 0) throw new UsageError('PORT is "0", any free port: give the whole URL of the app instead of a path.')
  return urlOf(host, port)
}

function portAndHost(env: NodeJS.ProcessEnv): { port: number; host: string } {
  try {
    return readOptions({ ...env, HITRATE_HOSTS: '' }, [])
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function readUrl(text: string, given: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`The target is ${JSON.stringify(given)}: it takes ${TARGET_TAKES}.`)
  }
  if (url.username || url.password) {
    throw new UsageError(
      `The target is ${JSON.stringify(given)}: a name and password in it are not sent, leave them out.`,
    )
  }
  return url
}
