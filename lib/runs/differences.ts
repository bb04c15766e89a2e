import type { RunConfig } from './config'

/** What two runs have to share for their figures to be comparable, in words. The strategy is what is compared. */
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
  { name: 'keys', of: ({ keys }) => Object.entries(keys).sort() },
  { name: 'writes', of: ({ writes }) => writes },
  { name: 'warm-up', of: ({ warmupMs }) => warmupMs },
  { name: 'way', of: ({ via }) => via },
  { name: 'host', of: ({ host, workers }) => [host, workers] },
  { name: 'start', of: ({ start }) => start },
]

/** In which conditions two runs differ besides the strategy. The TTL counts only where both keep something. */
export function differences(before: RunConfig, after: RunConfig): string[] {
  const keep = before.strategy !== 'none' && after.strategy !== 'none'
  return [
    ...CONDITIONS.filter(({ of }) => JSON.stringify(of(before)) !== JSON.stringify(of(after))).map(({ name }) => name),
    ...(keep && before.ttl !== after.ttl ? ['TTL'] : []),
  ]
}

/** Whether two runs are repeats of each other: nothing was asked for otherwise, the seed included. */
export const isRepeat = (one: RunConfig, other: RunConfig): boolean =>
  one.strategy === other.strategy && one.ttl === other.ttl && differences(one, other).length === 0
