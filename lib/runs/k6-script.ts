import { BOUNDS } from './bounds'
import type { Asked, CommandLoad } from './commands'
import { readThreshold, type Threshold } from './thresholds'

/** Milliseconds after which k6 ends a load that is given requests. */
const LONGEST = '10m'

/** The same load as a script for k6, and what it cannot do the same. Whatever is put in is a JSON literal there. */
export function k6Script(load: CommandLoad, asked: Asked): { script: string; notes: string[] } {
  const { thresholds = [], mode, arrivals = 'poisson' } = load
  const held = thresholds.map((text) => readThreshold(text))
  const known = held.flatMap((threshold) => (threshold ? k6Threshold(threshold) : []))
  const options = {
    scenarios: { load: scenario(load) },
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
        ? ['It counts latency from when a request was sent, and drops those that find no client.']
        : []),
      ...(known.length < thresholds.length ? ['Without the thresholds that k6 has no figure for.'] : []),
    ],
  }
}

function scenario(load: CommandLoad) {
  const { mode, stages, durationMs } = load
  const vus = load.connections ?? BOUNDS.connections.default
  const requests = load.requests ?? BOUNDS.requests.default
  if (mode !== 'open') {
    return durationMs === undefined
      ? { executor: 'shared-iterations', vus, iterations: requests, maxDuration: LONGEST }
      : { executor: 'constant-vus', vus, duration: `${durationMs}ms` }
  }
  const rate = load.rate ?? 1
  // Its rates are whole numbers: a fraction is one of a longer time.
  const perSeconds = [rate, ...(stages ?? []).map((stage) => stage.rate)].every((each) => Number.isInteger(each))
    ? 1
    : 10
  const scaled = (each: number) => (perSeconds === 1 ? each : Math.round(each * perSeconds))
  const common = { timeUnit: `${perSeconds}s`, preAllocatedVUs: vus, maxVUs: vus }
  if (stages) {
    return {
      executor: 'ramping-arrival-rate',
      startRate: scaled(rate),
      ...common,
      stages: stages.map((stage) => ({ target: scaled(stage.rate), duration: `${stage.durationMs}ms` })),
    }
  }
  const lasts = durationMs ?? Math.ceil((requests / rate) * 1000)
  return { executor: 'constant-arrival-rate', rate: scaled(rate), ...common, duration: `${lasts}ms` }
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
