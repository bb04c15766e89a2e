import { BOUNDS } from './bounds'
import type { RunRequest } from './config'
import { k6Script } from './k6-script'
import { stagesMs } from './stages'
import { readThreshold } from './thresholds'

/** The load of a run, as other tools put it: a command for each, and what it cannot do the same. */

export const TOOLS = [
  { id: 'load', name: 'npm run load' },
  { id: 'hey', name: 'hey' },
  { id: 'wrk', name: 'wrk' },
  { id: 'k6', name: 'k6' },
] as const
export type Tool = (typeof TOOLS)[number]['id']

export interface Command {
  tool: Tool
  /** To be pasted into a POSIX shell. */
  text: string
  /** Sentences: what differs from the run. None where nothing does. */
  notes: string[]
}

/** What a run asks for; fields as {@link RunRequest} has them, and possibly as they were typed. */
export type CommandLoad = Pick<
  RunRequest,
  | 'mode'
  | 'requests'
  | 'durationMs'
  | 'connections'
  | 'rate'
  | 'arrivals'
  | 'keys'
  | 'warmupMs'
  | 'writes'
  | 'stages'
  | 'thresholds'
>

export interface Asked {
  /** Of the first key. */
  url: string
  /** The same with `{n}` in the place of the key's number from 1; absent where keys are no numbers. */
  keyedUrl?: string
  /** Whether it is kept by HTTP caches of the clients, which none of the tools has. */
  cached?: boolean
}

/** The command of one tool that puts the same load. What is not a number in `load` is quoted as it is. */
export function commandOf(tool: Tool, load: CommandLoad, asked: Asked): Command {
  const { text, notes } = MAKE[tool](load, asked)
  const cached = asked.cached ? [`${nameOf(tool)} keeps no HTTP cache: every answer comes from the server.`] : []
  const writes = (load.writes ?? 0) > 0 ? ['It only reads.'] : []
  return { tool, text, notes: [...cached, ...notes, ...writes] }
}

/** Make a word for a POSIX shell: whatever it holds, it is one argument and nothing else. */
export const shellWord = (text: string | number): string =>
  /^[\w.:/=-]+$/.test(String(text)) ? String(text) : `'${String(text).replaceAll("'", "'\\''")}'`

type Made = Omit<Command, 'tool'>
const nameOf = (tool: Tool): string => TOOLS.find(({ id }) => id === tool)?.name ?? tool

const connectionsOf = ({ connections = BOUNDS.connections.default }: CommandLoad) => connections
const requestsOf = ({ requests = BOUNDS.requests.default }: CommandLoad) => requests
/** Milliseconds of a run by time; undefined where it ends by its requests. */
const timeOf = ({ stages, durationMs }: CommandLoad): number | undefined => (stages ? stagesMs(stages) : durationMs)

const kindOf = ({ keys }: CommandLoad) => keys?.kind ?? 'one'
const oneAddress = (load: CommandLoad, tool: Tool) =>
  kindOf(load) === 'one' ? [] : [`For one key: ${nameOf(tool)} asks one address only.`]
const noWarmUp = ({ warmupMs = 0 }: CommandLoad) => (warmupMs > 0 ? ['Without the warm-up.'] : [])
const noThresholds = ({ thresholds = [] }: CommandLoad) => (thresholds.length > 0 ? ['Without the thresholds.'] : [])

const seconds = (milliseconds: number): string | number =>
  Number.isFinite(milliseconds) ? milliseconds / 1000 : String(milliseconds)
/** As our own command and k6 take it. */
const span = (milliseconds: number): string =>
  Number.isInteger(milliseconds / 1000) ? `${milliseconds / 1000}s` : `${milliseconds}ms`

const MAKE: Record<Tool, (load: CommandLoad, asked: Asked) => Made> = {
  load(load, { url, keyedUrl }) {
    const { mode, rate = 1, arrivals, stages, keys, warmupMs = 0, thresholds = [] } = load
    const kind = kindOf(load)
    const drawn = keyedUrl !== undefined && (kind === 'uniform' || kind === 'zipf')
    const open = mode === 'open'
    const time = timeOf(load)
    // Only the app's own runs know the origin calls.
    const held = thresholds.filter((threshold) => readThreshold(threshold)?.metric !== 'originCalls')
    const words = [
      drawn ? keyedUrl : url,
      ...(time === undefined ? ['-n', requestsOf(load)] : ['--duration', span(time)]),
      ...['-c', connectionsOf(load)],
      ...(open ? ['--rate', rate] : []),
      ...(open && arrivals === 'even' ? ['--arrivals', 'even'] : []),
      ...(drawn ? ['--keys', keys?.count ?? 1] : []),
      ...(drawn && kind === 'zipf' ? ['--zipf', keys?.s ?? BOUNDS.s.default] : []),
      ...((drawn || open) && keys?.seed !== undefined && keys.seed !== BOUNDS.seed.default
        ? ['--seed', keys.seed]
        : []),
      ...(warmupMs > 0 ? ['--warmup', span(warmupMs)] : []),
      ...held.flatMap((threshold) => ['--threshold', threshold]),
    ]
    return {
      text: `npm run load -- ${words.map(shellWord).join(' ')}`,
      notes: [
        ...(kind === 'one' || drawn ? [] : ['For one key: from the terminal keys are drawn all alike or by Zipf.']),
        ...(stages ? [`At ${rate} requests/s all the time: from the terminal there are no stages.`] : []),
        ...(held.length < thresholds.length ? ['Only a run of this page counts origin calls.'] : []),
      ],
    }
  },

  hey(load, { url }) {
    const time = timeOf(load)
    const requests = Number(requestsOf(load))
    const wanted = Number(connectionsOf(load))
    if (load.mode === 'open') {
      const rate = Number(load.rate ?? 1)
      // Its rate is that of a connection, and older ones take whole numbers: no more connections than requests a second.
      const connections = Math.max(Math.min(wanted, Math.floor(rate)), 1) || 1
      const each = Math.max(Math.round(rate / connections), 1) || 1
      const length = time === undefined ? ['-n', requests] : ['-z', `${seconds(time)}s`]
      return {
        text: words('hey', ...length, '-q', each, '-c', connections, url),
        notes: [
          `hey has no open loop: it holds ${each} requests/s on each connection, as long as the server keeps up.`,
          ...(each * connections === rate ? [] : [`That makes ${each * connections} requests/s.`]),
          ...(load.stages ? ['It has no stages.'] : []),
          ...oneAddress(load, 'hey'),
          ...noWarmUp(load),
          ...noThresholds(load),
        ],
      }
    }
    const connections = time === undefined ? Math.min(wanted, requests) : wanted
    const sent = Math.floor(requests / connections) * connections
    return {
      text: words(
        'hey',
        ...(time === undefined ? ['-n', requestsOf(load)] : ['-z', `${seconds(time)}s`]),
        '-c',
        Number.isNaN(connections) ? connectionsOf(load) : connections,
        url,
      ),
      notes: [
        ...(time === undefined && sent < requests ? [`hey sends ${sent}: as many to each connection.`] : []),
        ...oneAddress(load, 'hey'),
        ...noWarmUp(load),
        ...noThresholds(load),
      ],
    }
  },

  wrk(load, { url }) {
    const time = timeOf(load)
    const whole = Math.max(Math.round((time ?? WRK_MS) / 1000), 1) || 1
    return {
      text: words('wrk', '-t1', `-c${connectionsOf(load)}`, `-d${whole}s`, '--latency', url),
      notes: [
        ...(load.mode === 'open'
          ? ['wrk has no open loop: each connection asks again as soon as it was answered (wrk2 has one, as -R).']
          : []),
        ...(time === undefined ? [`wrk ends by time, not by requests: here after ${whole} s.`] : []),
        ...oneAddress(load, 'wrk'),
        ...noWarmUp(load),
        ...noThresholds(load),
      ],
    }
  },

  k6(load, asked) {
    const { script, notes } = k6Script(load, asked)
    // The quoted delimiter keeps the shell out of the script, whose strings are JSON: none of their lines can end it.
    return { text: `k6 run - <<'K6'\n${script}\nK6`, notes: [...notes, ...noWarmUp(load)] }
  },
}

/** How long wrk goes on in the place of a number of requests. */
const WRK_MS = 10_000

const words = (...all: (string | number)[]): string => all.map(shellWord).join(' ')
