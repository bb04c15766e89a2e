import type { RunConfig } from './config'

/** The name of the one condition that repeats may differ in. */
export const SEED = 'seed'

/** What two runs must share for their metrics to be comparable, in words. The strategy is what you compare. */
const CONDITIONS: readonly { name: string; of: (config: RunConfig) => unknown }[] = [
  { name: 'resource', of: ({ resource }) => resource },
  { name: 'parameters', of: ({ params }) => Object.entries(params).sort() },
  { name: 'loop', of: ({ mode }) => mode },
  { name: 'requests', of: ({ requests }) => requests },
  { name: 'time', of: ({ durationMs }) => durationMs },
  { name: 'connections', of: ({ connections }) => connections },
  { name: 'rate', of: ({ rate }) => rate },
  // How requests are spaced is said of every run, and is of an open one alone.
  { name: 'arrivals', of: ({ mode, arrivals }) => mode === 'open' && arrivals },
  { name: 'stages', of: ({ stages }) => stages?.map(({ durationMs, rate }) => [durationMs, rate]) },
  {
    name: 'keys',
    of: ({ keys: { seed: _, ...keys } }) => Object.entries(keys).sort(),
  },
  { name: SEED, of: ({ keys }) => keys.seed },
  { name: 'writes', of: ({ writes }) => writes },
  { name: 'warm-up', of: ({ warmupMs }) => warmupMs },
  { name: 'way', of: ({ via }) => via },
  { name: 'host', of: ({ host, workers }) => [host, workers] },
  { name: 'start', of: ({ start }) => start },
]

/** Returns in which conditions two runs differ besides the strategy. The TTL counts only if both cache something. */
export function differences(before: RunConfig, after: RunConfig): string[] {
  const keep = before.strategy !== 'none' && after.strategy !== 'none'
  return [
    ...CONDITIONS.filter(({ of }) => JSON.stringify(of(before)) !== JSON.stringify(of(after))).map(({ name }) => name),
    ...(keep && before.ttl !== after.ttl ? ['TTL'] : []),
  ]
}

/**
 * Returns whether two runs are repeats of each other: they share every condition but the seed. Repeats that all request
 * the same keys would measure one sample of them again and again.
 */
export const isRepeat = (one: RunConfig, other: RunConfig): boolean =>
  one.strategy === other.strategy &&
  one.ttl === other.ttl &&
  differences(one, other).every((condition) => condition === SEED)
