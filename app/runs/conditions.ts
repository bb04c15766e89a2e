import { count, percent, perSecond, plural, stretch, timeOfDay } from '@/app/format'
import { BOUNDS } from '@/lib/runs/bounds'
import type { RunConfig } from '@/lib/runs/config'
import { isRepeat } from '@/lib/runs/differences'
import type { Report } from '@/lib/runs/report'

/** A line of a config: its name, and what a run was told. Undefined where the run has nothing of the kind. */
interface Condition {
  name: string
  of: (config: RunConfig) => string | undefined
}

/**
 * All of a config in words, in the order in which it is read. The lab's name is left out: whoever knows it can change
 * what the lab keeps. Whether a run is stopped unwatched is no condition of what it measures.
 */
export const CONDITIONS: readonly Condition[] = [
  { name: 'Resource', of: ({ resource }) => resource },
  {
    name: 'Parameters',
    of: ({ params }) =>
      Object.entries(params)
        .map(([name, value]) => `${name}=${value}`)
        .join(', ') || undefined,
  },
  { name: 'Strategy', of: ({ strategy }) => strategy },
  { name: 'TTL', of: ({ strategy, ttl }) => (strategy === 'none' ? undefined : `${ttl.toLocaleString('en-US')} s`) },
  {
    name: 'Loop',
    of: ({ mode }) => (mode === 'open' ? 'open: requests come at a rate' : 'closed: each connection waits'),
  },
  { name: 'Requests', of: ({ requests }) => (requests === undefined ? undefined : count(requests)) },
  { name: 'Time', of: ({ durationMs }) => (durationMs === undefined ? undefined : stretch(durationMs)) },
  { name: 'Connections', of: ({ connections }) => count(connections) },
  { name: 'Rate', of: ({ rate }) => (rate === undefined ? undefined : perSecond(rate)) },
  {
    name: 'Arrivals',
    of: ({ mode, arrivals }) => (mode === 'open' ? (arrivals === 'poisson' ? 'Poisson' : 'even') : undefined),
  },
  {
    name: 'Stages',
    of: ({ stages }) =>
      stages?.map(({ durationMs, rate }) => `${stretch(durationMs)} to ${perSecond(rate)}`).join(', then '),
  },
  { name: 'Keys', of: keysInWords },
  { name: 'Seed', of: ({ keys }) => String(keys.seed) },
  { name: 'Writes', of: ({ writes }) => (writes > 0 ? `${percent(writes)} of the requests` : undefined) },
  {
    name: 'Through',
    of: ({ via }) => (via === 'edge' ? 'the edge, a shared HTTP cache' : undefined),
  },
  {
    name: 'Answered by',
    of: ({ host, workers = 0 }) =>
      host === 'workers' ? plural(workers, 'worker process', 'worker processes') : 'the Next routes',
  },
  { name: 'Warm-up', of: ({ warmupMs }) => (warmupMs > 0 ? stretch(warmupMs) : undefined) },
  { name: 'Start', of: ({ start }) => (start === 'cold' ? 'cold: entries were emptied first' : 'warm') },
  { name: 'Thresholds', of: ({ thresholds }) => thresholds.join(', ') || undefined },
]

/** Keys that a recorded list begins with, in words. */
const LISTED = 8

function keysInWords({ keys }: RunConfig): string {
  const { kind, count: all, s, hot, share, shift, list = [] } = keys
  const many = plural(all, 'key')
  switch (kind) {
    case 'one':
      return 'one key'
    case 'cycle':
      return `${many} in turn`
    case 'uniform':
      return `${many}, each as likely`
    case 'zipf':
      return `${many}, Zipf with s = ${s}`
    case 'hotset': {
      const set = plural(hot ?? BOUNDS.hot.default, 'hot key')
      const moves = plural(shift ?? BOUNDS.shift.default, 'request')
      return `${many}, ${percent(share ?? BOUNDS.share.default)} of the requests to ${set} that move on after ${moves}`
    }
    case 'list':
      return `${many} as recorded, ${plural(list.length, 'request')}: ${list.slice(0, LISTED).join(', ')}${list.length > LISTED ? ', …' : ''}`
  }
}

/** A config as lines, without those that say nothing. */
export const conditionsOf = (config: RunConfig): { name: string; words: string }[] =>
  CONDITIONS.flatMap(({ name, of }) => {
    const words = of(config)
    return words === undefined ? [] : [{ name, words }]
  })

/** The lines in which runs are not all told the same, each with what every run was told; a dash is nothing. */
export const differingConditions = (configs: readonly RunConfig[]): { name: string; words: string[] }[] =>
  CONDITIONS.map(({ name, of }) => ({ name, words: configs.map((config) => of(config) ?? '–') })).filter(
    ({ words }) => new Set(words).size > 1,
  )

/** A run in one line, for lists and legends. */
export function runInWords({ resource, strategy, ttl, mode, rate, connections }: RunConfig): string {
  const cached = strategy === 'none' ? strategy : `${strategy}, ${ttl.toLocaleString('en-US')} s`
  const load = mode === 'open' && rate !== undefined ? perSecond(rate) : plural(connections, 'connection')
  return `${resource}, ${cached}, ${load}`
}

/** Returns what names a run among others: the conditions that differ, or else its resource and strategy. */
export function shortNames(configs: readonly RunConfig[]): string[] {
  const [first] = configs
  const differ = first && configs.some((config) => !isRepeat(first, config)) ? differingConditions(configs) : []
  // Repeats have a number, and thresholds change nothing that is measured.
  const told = differ.filter(({ name }) => name !== 'Thresholds' && name !== 'Seed')
  if (told.length === 0) return configs.map(({ resource, strategy }) => `${resource}, ${strategy}`)
  return configs.map((_, i) =>
    told
      // What it has not needs no word: `none` has no TTL.
      .filter(({ words }) => words[i] !== '–')
      .slice(0, 3)
      .map(({ name, words }) => (SPEAKS.has(name) ? words[i] : `${name} ${words[i]}`))
      .join(', '),
  )
}

/**
 * Returns names for two runs in a table, each with its strategy and what sets it apart from the other: `none, Connections
 * 5`. Repeats that share even their seed are told apart by the time of day at which they started, if it is known.
 */
export function apart(one: Apart, other: Apart): [one: string, other: string] {
  const configs = [one.config, other.config]
  const differ = differingConditions(configs).filter(({ name }) => name !== 'Strategy' && name !== 'Thresholds')
  const besides = differ.length > 1 ? differ.filter(({ name }) => name !== 'Seed') : differ
  const nameOf = ({ config: { strategy }, startedAt }: Apart, i: number) =>
    [
      strategy,
      ...besides
        .filter(({ words }) => words[i] !== '–')
        .slice(0, 2)
        .map(({ name, words }) => (SPEAKS.has(name) ? words[i] : `${name} ${words[i]}`)),
      ...(one.config.strategy === other.config.strategy && besides.length === 0 && startedAt
        ? [timeOfDay(Date.parse(startedAt))]
        : []),
    ].join(', ')
  return [nameOf(one, 0), nameOf(other, 1)]
}
type Apart = Pick<Report, 'config' | 'startedAt'>

/** Whose words need no name beside them. */
const SPEAKS = new Set([
  'Resource',
  'Parameters',
  'Strategy',
  'Loop',
  'Keys',
  'Stages',
  'Start',
  'Through',
  'Answered by',
])

/** Returns when a run started and what else ran, as lines; a line that isn't known is left out. */
export function circumstancesOf({ startedAt, alongside }: Report): { name: string; words: string }[] {
  return [
    ...(startedAt ? [{ name: 'Started', words: startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC') }] : []),
    ...(alongside
      ? [
          {
            name: 'Also ran',
            words: `${plural(alongside.requests, 'request')} of other labs, ${plural(alongside.queuedRuns, 'run')} in the queue`,
          },
          {
            name: 'Cores in use',
            words: `${cores(alongside.cores.busy)} by the whole machine, ${cores(alongside.cores.own)} of them by the app and its load generator`,
          },
        ]
      : []),
  ]
}

const cores = (value: number) => value.toFixed(2)
