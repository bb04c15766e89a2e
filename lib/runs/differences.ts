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
  { name: 'keys', of: ({ keys }) => [keys.kind, keys.count, keys.s, keys.seed] },
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
