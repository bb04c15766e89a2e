import { BOUNDS } from './bounds'
import type { Asked, CommandLoad } from './commands'
import { readThreshold, type Threshold } from './thresholds'

/** Milliseconds after which k6 ends a load that is given requests. */
const LONGEST = '10m'
/** k6 refuses a load that lasts less than this many milliseconds. */
const SHORTEST_MS = 1_000
/** Without this k6 prints no p99. */
const TREND_STATS = ['min', 'avg', 'p(50)', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'max']
/** Seconds that a request may take before it's an error in a run, and so the longest that one occupies a client. */
const TIMEOUT_S = 10
/** Requests of an open loop that may wait in a run. */
const BACKLOG = 10_000
/** Time units of a rate in seconds: k6 takes whole numbers, so a fraction is a rate per a longer time. */
const UNITS_S = [1, 10, 100, 1_000]

/** The same load as a script for k6, and what it cannot do the same. Whatever is put in is a JSON literal there. */
export function k6Script(load: CommandLoad, asked: Asked): { script: string; notes: string[] } {
  const { thresholds = [], mode, arrivals = 'poisson' } = load
  const held = thresholds.map((text) => readThreshold(text))
  const known = held.flatMap((threshold) => (threshold ? k6Threshold(threshold) : []))
  const options = {
    scenarios: { load: scenario(load) },
    summaryTrendStats: TREND_STATS,
    ...(known.length > 0 ? { thresholds: grouped(known) } : {}),
  }
  const keys = drawing(load, asked)
  const lines = [
    "import http from 'k6/http'",
    ...(keys.counts ? ["import exec from 'k6/execution'"] : []),
    `export const options = ${JSON.stringify(options)}`,
    ...keys.lines,
    `export default () => { http.get(${keys.url}) }`,
  ]
  return {
    script: lines.join('\n'),
    notes: [
      ...keys.notes,
      ...(mode === 'open' && arrivals === 'poisson' ? ['k6 spaces requests evenly, not as Poisson does.'] : []),
      ...(mode === 'open'
        ? [
            `It counts latency from when a request was sent, and opens up to ${mostClients(load)} connections, because it drops a request that finds none.`,
          ]
        : []),
      ...(lengthOf(load) < SHORTEST_MS ? ['It takes no less than a second.'] : []),
      ...(known.length < thresholds.length ? ['Without the thresholds that k6 has no figure for.'] : []),
    ],
  }
}

function scenario(load: CommandLoad) {
  const { mode, stages, durationMs } = load
  const vus = load.connections ?? BOUNDS.connections.default
  const duration = `${Math.max(lengthOf(load), SHORTEST_MS)}ms`
  if (mode !== 'open') {
    const iterations = load.requests ?? BOUNDS.requests.default
    return durationMs === undefined
      ? // k6 refuses more clients than requests. A run would leave those idle.
        { executor: 'shared-iterations', vus: Math.min(vus, iterations), iterations, maxDuration: LONGEST }
      : { executor: 'constant-vus', vus, duration }
  }
  const rate = load.rate ?? 1
  const isWhole = (each: number) => Math.abs(each - Math.round(each)) < 1e-6
  const unit = UNITS_S.find((seconds) => ratesOf(load).every((each) => isWhole(each * seconds))) ?? 1_000
  const scaled = (each: number) => Math.round(each * unit)
  const common = { timeUnit: `${unit}s`, preAllocatedVUs: vus, maxVUs: mostClients(load) }
  if (stages) {
    return {
      executor: 'ramping-arrival-rate',
      startRate: scaled(rate),
      ...common,
      stages: stages.map((stage) => ({ target: scaled(stage.rate), duration: `${stage.durationMs}ms` })),
    }
  }
  return { executor: 'constant-arrival-rate', rate: scaled(rate), ...common, duration }
}

const ratesOf = ({ rate = 1, stages = [] }: CommandLoad): number[] => [rate, ...stages.map((stage) => stage.rate)]

/** Milliseconds that a load by time or at one rate lasts; Infinity if it lasts as long as its requests or stages take. */
function lengthOf(load: CommandLoad): number {
  const { mode, rate = 1, requests = BOUNDS.requests.default, durationMs, stages } = load
  // Stages may be as short as they like.
  if (stages) return Infinity
  return durationMs ?? (mode === 'open' ? Math.ceil((requests / rate) * 1000) : Infinity)
}

/** Clients that an open loop takes at most, if each request is to be sent when it's due: as many as a run lets wait. */
function mostClients(load: CommandLoad): number {
  const vus = load.connections ?? BOUNDS.connections.default
  return Math.max(vus, Math.min(Math.ceil(Math.max(...ratesOf(load)) * TIMEOUT_S), vus + BACKLOG))
}

interface Drawing {
  /** An expression. */
  url: string
  lines: string[]
  notes: string[]
  /** Whether it needs to know how many requests there were. */
  counts?: true
}

/** How k6 draws the keys: as the run does, but by a chance of its own. */
function drawing({ keys }: CommandLoad, { url, keyedUrl }: Asked): Drawing {
  if (!keys || keys.kind === 'one') return { url: JSON.stringify(url), lines: [], notes: [] }
  if (keyedUrl === undefined) {
    return { url: JSON.stringify(url), lines: [], notes: ['For one key: the others are no numbers.'] }
  }
  const count = JSON.stringify(keys.count ?? 1)
  const at = `${JSON.stringify(keyedUrl)}.replaceAll('{n}', key() + 1), { tags: { name: 'key' } }`
  const chance = ['It draws keys in the same way, but others: it takes no seed.']
  const any = `Math.floor(Math.random() * ${count})`
  const nth = 'exec.scenario.iterationInTest'
  switch (keys.kind) {
    case 'uniform':
      return { url: at, lines: [`const key = () => ${any}`], notes: chance }
    case 'cycle':
      return { url: at, lines: [`const key = () => ${nth} % ${count}`], notes: [], counts: true }
    case 'list':
      return {
        url: at,
        lines: [`const list = ${JSON.stringify(keys.list ?? [0])}`, `const key = () => list[${nth} % list.length]`],
        notes: [],
        counts: true,
      }
    case 'zipf':
      return {
        url: at,
        lines: [
          'let sum = 0',
          `const upTo = Array.from({ length: ${count} }, (_, k) => (sum += (k + 1) ** -${JSON.stringify(keys.s ?? BOUNDS.s.default)}))`,
          'const key = () => { const at = Math.random() * sum; return upTo.findIndex((each) => each > at) }',
        ],
        notes: chance,
      }
    case 'hotset': {
      const { hot = BOUNDS.hot.default, share = BOUNDS.share.default, shift = BOUNDS.shift.default } = keys
      const [size, part, after] = [hot, share, shift].map((value) => JSON.stringify(value))
      return {
        url: at,
        lines: [
          `const first = () => Math.floor(${nth} / ${after}) * ${size}`,
          `const key = () => Math.random() < ${part} ? (first() + Math.floor(Math.random() * ${size})) % ${count} : ${any}`,
        ],
        notes: chance,
        counts: true,
      }
    }
  }
}

/** Where k6 keeps a figure, and what it calls it. Its durations are milliseconds. */
const DURATION: Partial<Record<Threshold['metric'], string>> = {
  min: 'min',
  mean: 'avg',
  p50: 'p(50)',
  p90: 'p(90)',
  p95: 'p(95)',
  p99: 'p(99)',
  'p99.9': 'p(99.9)',
  max: 'max',
}

function k6Threshold({ metric, operator, value }: Threshold): [metric: string, condition: string][] {
  const sign = operator === '=' ? '==' : operator
  const name = DURATION[metric]
  if (name) return [['http_req_duration', `${name}${sign}${value}`]]
  if (metric === 'throughput') return [['http_reqs', `rate${sign}${value}`]]
  if (metric === 'requests') return [['http_reqs', `count${sign}${value}`]]
  // It knows the rate of those that failed, and not their number.
  if (metric === 'errors' && value === 0) return [['http_req_failed', `rate${sign}0`]]
  return []
}

function grouped(all: [metric: string, condition: string][]): Record<string, string[]> {
  const groups: Record<string, string[]> = {}
  for (const [metric, condition] of all) groups[metric] = [...(groups[metric] ?? []), condition]
  return groups
}
