import { parseArgs } from 'node:util'
import { EDGE_DEFAULTS, type Edge, type EdgeOptions, openEdge } from '../../http/edge/edge'
import { edgeServer } from '../../http/edge/server'
import { listenOnLoopback } from '../../http/node'
import { UsageError } from '../load/usage-error'

/** How it ends, for the shell. */
export const EXIT = { done: 0, usage: 2, cannotListen: 3 } as const

const OPTIONS = {
  origin: { type: 'string' },
  port: { type: 'string' },
  bytes: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const
type Name = keyof typeof OPTIONS

const PORT = 9001
/** A store of fewer bytes than this holds next to nothing; of more, and Node's heap would not hold it. */
const BYTES = { min: 64 * 1024, max: 1024 * 1024 * 1024 }

export const HELP = `npm run edge -- --origin <URL> [options]

Puts a shared HTTP cache in front of an HTTP server on this machine, as a CDN or a reverse proxy would: RFC 9111, with
stale-while-revalidate, CDN-Cache-Control and Cache-Status. It listens on loopback alone.

      --origin URL   the server behind it, on loopback: http://127.0.0.1:9000
      --port P       where it listens; 0 is any that is free, ${PORT} where absent
      --bytes N      what its store may hold, from ${BYTES.min} to ${BYTES.max}; ${EDGE_DEFAULTS.bytes} where absent
  -h, --help         this

Ctrl-C or SIGTERM ends it at once, and what it stored is gone.
Exit code: 0 it was ended, 2 it was asked for wrongly, 3 it cannot listen.
`

export interface EdgeCommand {
  origin: string
  port: number
  bytes: number
}

/** Read the arguments. Throws a {@link UsageError} of one line: the option, what it was given, what it takes. */
export function readEdgeOptions(argv: readonly string[]): EdgeCommand | 'help' {
  const { tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given = new Map<Name, string>()
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`Unexpected argument ${JSON.stringify(token.value)}.`)
    if (token.kind !== 'option') continue
    if (!Object.hasOwn(OPTIONS, token.name)) {
      throw new UsageError(`Unknown option ${token.rawName}: --help lists those that there are.`)
    }
    const name = token.name as Name
    if (given.has(name)) throw new UsageError(`--${name} is given twice: it takes one value.`)
    if (OPTIONS[name].type === 'string' && token.value === undefined) {
      throw new UsageError(`--${name} has no value: --help tells what it takes.`)
    }
    given.set(name, token.value ?? '')
  }
  if (given.has('help')) return 'help'
  const origin = given.get('origin')
  if (origin === undefined) {
    throw new UsageError(
      'Say what it is in front of: npm run edge -- --origin http://127.0.0.1:9000 (--help tells more).',
    )
  }
  const port = whole(given, 'port', { min: 0, max: 65_535 }) ?? PORT
  if (URL.canParse(origin) && Number(new URL(origin).port || 80) === port) {
    throw new UsageError(
      `--port is ${port}: it takes another port than that of --origin, for it cannot be in front of itself.`,
    )
  }
  return {
    origin,
    port,
    bytes: whole(given, 'bytes', BYTES) ?? EDGE_DEFAULTS.bytes,
  }
}

function whole(given: ReadonlyMap<Name, string>, name: Name, { min, max }: { min: number; max: number }) {
  const text = given.get(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d{1,15}$/.test(text) && value >= min && value <= max) return value
  throw new UsageError(`--${name} is ${JSON.stringify(text)}: it takes a whole number from ${min} to ${max}.`)
}

interface Sink {
  write(text: string): unknown
}

export interface EdgeWorld {
  stdout: Sink
  stderr: Sink
  /** Ends it. */
  ended: AbortSignal
}

/**
 * `npm run edge`: stand in front of a server until `ended`.
 * @returns the exit code, one of {@link EXIT}.
 */
export async function runEdge(argv: readonly string[], { stdout, stderr, ended }: EdgeWorld): Promise<number> {
  let command: EdgeCommand | 'help'
  let edge: Edge
  try {
    command = readEdgeOptions(argv)
    if (command === 'help') {
      stdout.write(HELP)
      return EXIT.done
    }
    edge = open(command)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    stderr.write(`${error.message}\n`)
    return EXIT.usage
  }
  const server = edgeServer(edge)
  try {
    const port = await listenOnLoopback(server, command.port)
    stdout.write(`edge is at http://127.0.0.1:${port}, in front of ${command.origin}\n`)
    if (!ended.aborted) await new Promise((resolve) => ended.addEventListener('abort', resolve))
    return EXIT.done
  } catch (error) {
    stderr.write(
      `Cannot listen at 127.0.0.1:${command.port}: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    return EXIT.cannotListen
  } finally {
    server.closeAllConnections()
    server.close()
    await edge.close()
  }
}

function open({ origin, bytes }: EdgeOptions): Edge {
  try {
    return openEdge({ origin, bytes })
  } catch (error) {
    throw new UsageError(`--${error instanceof Error ? error.message : String(error)}`)
  }
}
