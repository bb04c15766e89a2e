import { expect, it } from 'vitest'
import type { RunConfig } from './config'
import { differences } from './differences'

const config: RunConfig = {
  resource: 'slow-value',
  params: { delay: 200 },
  strategy: 'none',
  ttl: 10,
  lab: 'a',
  mode: 'closed',
  requests: 100,
  connections: 10,
  arrivals: 'poisson',
  keys: { kind: 'one', count: 1, s: 1, seed: 1 },
  warmupMs: 0,
  writes: 0,
  thresholds: [],
  start: 'cold',
  stopUnwatched: true,
}

it('does not count the strategy, which is what is compared', () => {
  expect(differences(config, { ...config, strategy: 'memory', ttl: 60 })).toEqual([])
})
it('names every other condition that is not the same', () => {
  const other: RunConfig = {
    ...config,
    resource: 'exchange',
    params: {},
    requests: 5,
    keys: { ...config.keys, count: 2 },
  }
  expect(differences(config, other)).toEqual(['resource', 'parameters', 'requests', 'keys'])
})
it('counts the TTL where both runs keep something', () => {
  const memory: RunConfig = { ...config, strategy: 'memory' }
  expect(differences(memory, { ...memory, strategy: 'redis', ttl: 60 })).toEqual(['TTL'])
})
