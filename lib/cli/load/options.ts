import { parseArgs } from 'node:util'
import type { Job } from '../../runs/job'
import { readThreshold, THRESHOLD_TAKES } from '../../runs/thresholds'
import { LOAD_BOUNDS as BOUNDS } from './bounds'
import { KEY_MARK, readTarget, type Target } from './target'
import { count, stretch } from './units'
import { UsageError } from './usage-error'

/** What a load was asked for, with everything decided. */
export interface LoadOptions {
  target: Target
  config: Job['config']
  thresholds: string[]
  json: boolean
}

const OPTIONS = {
  requests: { type: 'string', short: 'n' },
  connections: { type: 'string', short: 'c' },
  rate: { type: 'string' },
  duration: { type: 'string' },
  warmup: { type: 'string' },
  zipf: { type: 'string' },
  keys: { type: 'string' },
  seed: { type: 'string' },
  arrivals: { type: 'string' },
  threshold: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  'allow-remote': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const
type Name = keyof typeof OPTIONS

export const HELP = `npm run load -- <path or URL> [options]

Puts load on a server and prints what came of it. A path is asked of this app, at http://127.0.0.1:3000 or where
HITRATE_ADDRESS, or HOST and PORT, say that it is. Quote it: ? and & mean something to a shell.

  -n, --requests N     how many requests, up to ${count(BOUNDS.requests.max)}; ${BOUNDS.requests.default} where no --duration is given
      --duration T     how long instead: 10s, 500ms, 2min; up to ${stretch(BOUNDS.durationMs.max)}
  -c, --connections N  connections, each with one request at a time, up to ${count(BOUNDS.connections.max)}; ${BOUNDS.connections.default} where absent
      --rate R         open loop: R requests a second, answered or not, up to ${count(BOUNDS.rate.max)}; latency then counts
                       from when a request was due. Without it each connection waits for its answer (closed loop)
      --arrivals KIND  of an open loop: poisson (as from people, the default) or even
      --warmup T       load before the figures begin, left out of them; up to ${stretch(BOUNDS.warmupMs.max)}
      --keys N         draw N keys, all alike: each request has 1 to N in the place of ${KEY_MARK} in the target; up to ${count(BOUNDS.keys.max)}
      --zipf S         draw the keys by Zipf with this exponent instead, ${BOUNDS.zipf.min} to ${BOUNDS.zipf.max}: key 1 is the most popular
      --seed N         the same seed draws the same keys and arrivals; ${BOUNDS.seed.default} where absent
      --threshold T    what has to hold, such as 'p95 < 50 ms', 'hitRate > 90 %', 'errors = 0'; may be given again
      --json           the figures as JSON on stdout, and nothing else there (npm run --silent load -- …)
      --allow-remote   ask another machine than this one: only one that you may put load on
  -h, --help           this

A load ends after ${stretch(BOUNDS.durationMs.max)} at the latest. Ctrl-C ends it with the figures it has.
Exit code: 0 done, 1 a threshold failed, 2 an invalid option, 3 the target can't be reached, 4 the load generator
failed, 5 don't use the metrics (the load generator couldn't keep up), 130 interrupted.
`

/**
 * Read the arguments of `npm run load`; `help` where only that was asked for. Throws a {@link UsageError} of one line
 * that names the option, what it was given and what it takes.
 */
export function readLoadOptions(argv: readonly string[], env: NodeJS.ProcessEnv): LoadOptions | 'help' {
  const { given, thresholds, targets } = readArguments(argv)
  if (given.has('help')) return 'help'

  const requests = given.has('requests') ? whole(given, 'requests', BOUNDS.requests) : undefined
  const durationMs = given.has('duration') ? time(given, 'duration', BOUNDS.durationMs) : undefined
  if (requests !== undefined && durationMs !== undefined) {
    throw new UsageError(
      `--duration is ${quoted(given.get('duration'))}: it takes nothing where --requests is given, a load ends by the one or by the other.`,
    )
  }
  const rate = given.has('rate') ? number(given, 'rate', BOUNDS.rate) : undefined
  const arrivals = given.get('arrivals') ?? 'poisson'
  if (arrivals !== 'poisson' && arrivals !== 'even') throw wrong('arrivals', arrivals, 'poisson or even')
  if (given.has('arrivals') && rate === undefined) throw wrong('arrivals', arrivals, 'nothing without --rate')

  const keys = given.has('keys') ? whole(given, 'keys', BOUNDS.keys) : undefined
  const s = given.has('zipf') ? number(given, 'zipf', BOUNDS.zipf) : undefined
  if (s !== undefined && keys === undefined) throw wrong('zipf', given.get('zipf'), 'nothing without --keys')

  const sent = requests ?? (durationMs === undefined ? BOUNDS.requests.default : undefined)
  if (rate !== undefined && sent !== undefined && (sent / rate) * 1000 > BOUNDS.durationMs.max) {
    throw new UsageError(
      `--requests is ${count(sent)}: at ${rate} a second they take longer than ${stretch(BOUNDS.durationMs.max)}, the longest there is.`,
    )
  }
  for (const threshold of thresholds) checkThreshold(threshold)
  if (thresholds.length > BOUNDS.thresholds.max) {
    throw new UsageError(`--threshold is given ${thresholds.length} times: at most ${BOUNDS.thresholds.max} are taken.`)
  }

  const [text, more] = targets
  if (text === undefined) throw new UsageError('Say what to ask: npm run load -- /api/tasks/1 (--help tells more).')
  if (more !== undefined) throw new UsageError(`Unexpected argument ${quoted(more)}: one target is asked at a time.`)
  const target = readTarget(text, keys, env)
  if (target.remote && !given.has('allow-remote')) {
    throw new UsageError(
      `${target.origin} is not this machine: --allow-remote lets load go there, where you may put it.`,
    )
  }

  return {
    target,
    config: {
      mode: rate === undefined ? 'closed' : 'open',
      ...(sent === undefined ? { durationMs } : { requests: sent }),
      ...(rate === undefined ? {} : { rate }),
      connections: given.has('connections')
        ? whole(given, 'connections', BOUNDS.connections)
        : BOUNDS.connections.default,
      arrivals,
      warmupMs: given.has('warmup') ? time(given, 'warmup', BOUNDS.warmupMs) : 0,
      keys: {
        kind: keys === undefined ? 'one' : s === undefined ? 'uniform' : 'zipf',
        count: keys ?? 1,
        s: s ?? 0,
        seed: given.has('seed') ? whole(given, 'seed', BOUNDS.seed) : BOUNDS.seed.default,
      },
    },
    thresholds,
    json: given.has('json'),
  }
}

type Given = ReadonlyMap<Name, string>

/** Sort the arguments. Not strictly parsed: the errors of `parseArgs` do not say what was given and what is taken. */
function readArguments(argv: readonly string[]) {
  const { tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const given = new Map<Name, string>()
  const thresholds: string[] = []
  const targets: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') targets.push(token.value)
    if (token.kind !== 'option') continue
    if (!Object.hasOwn(OPTIONS, token.name)) {
      throw new UsageError(`Unknown option ${token.rawName}: --help lists those that there are.`)
    }
    const name = token.name as Name
    const { value } = token
    const flag = OPTIONS[name].type === 'boolean'
    if (flag && value !== undefined) throw wrong(name, value, 'no value')
    if (!flag && value === undefined) throw new UsageError(`${token.rawName} has no value: ${TAKES[name]}.`)
    if (name === 'threshold') thresholds.push(value ?? '')
    else if (given.has(name)) throw new UsageError(`--${name} is given twice: it takes one value.`)
    else given.set(name, value ?? '')
  }
  return { given, thresholds, targets }
}

const wholeFrom = ({ min, max }: { min: number; max: number }) => `a whole number from ${count(min)} to ${count(max)}`
const timeFrom = ({ min, max }: { min: number; max: number }) =>
  `a time from ${stretch(min)} to ${stretch(max)}, such as 500ms, 10s or 2min`
const numberFrom = ({ min, max }: { min: number; max: number }) =>
  `a number from ${min} to ${max.toLocaleString('en-US')}`

/** What each option takes, in words. */
const TAKES: Record<Name, string> = {
  requests: `it takes ${wholeFrom(BOUNDS.requests)}`,
  connections: `it takes ${wholeFrom(BOUNDS.connections)}`,
  rate: `it takes ${numberFrom(BOUNDS.rate)}`,
  duration: `it takes ${timeFrom(BOUNDS.durationMs)}`,
  warmup: `it takes ${timeFrom(BOUNDS.warmupMs)}`,
  zipf: `it takes ${numberFrom(BOUNDS.zipf)}`,
  keys: `it takes ${wholeFrom(BOUNDS.keys)}`,
  seed: `it takes ${wholeFrom(BOUNDS.seed)}`,
  arrivals: 'it takes poisson or even',
  threshold: `it takes ${THRESHOLD_TAKES}`,
  json: 'it takes no value',
  'allow-remote': 'it takes no value',
  help: 'it takes no value',
}

const quoted = (text: string | undefined): string => JSON.stringify(text ?? '')
const wrong = (name: Name, given: string | undefined, takes?: string): UsageError =>
  new UsageError(`--${name} is ${quoted(given)}: ${takes === undefined ? TAKES[name] : `it takes ${takes}`}.`)

const inside = (value: number, { min, max }: { min: number; max: number }) => value >= min && value <= max

function whole(given: Given, name: Name, bounds: { min: number; max: number }): number {
  const text = given.get(name) ?? ''
  const value = Number(text)
  if (!/^\d{1,12}$/.test(text) || !inside(value, bounds)) throw wrong(name, text)
  return value
}

function number(given: Given, name: Name, bounds: { min: number; max: number }): number {
  const text = given.get(name) ?? ''
  const value = Number(text)
  if (!/^\d{1,12}(\.\d{1,12})?$/.test(text) || !inside(value, bounds)) throw wrong(name, text)
  return value
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000 }

function time(given: Given, name: Name, bounds: { min: number; max: number }): number {
  const text = given.get(name) ?? ''
  const [, digits = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,6})?)\s?(ms|s|m|min)$/.exec(text) ?? []
  const value = Math.round(Number(digits) * (UNIT_MS[unit] ?? Number.NaN))
  if (digits === '' || !inside(value, bounds)) throw wrong(name, text)
  return value
}

function checkThreshold(text: string): void {
  const read = readThreshold(text)
  if (!read) throw wrong('threshold', text)
  if (read.metric === 'originCalls') {
    throw new UsageError(`--threshold is ${quoted(text)}: only the app's own runs know their origin calls.`)
  }
}
