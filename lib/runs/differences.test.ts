import { expect, it } from 'vitest'
import type { RunConfig } from './config'
import { differences, isRepeat } from './differences'

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
  via: 'direct',
  host: 'next',
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
it('knows what an open run was told, and what it wrote', () => {
  const open: RunConfig = { ...config, mode: 'open', rate: 100 }
  const other: RunConfig = {
    ...open,
    arrivals: 'even',
    writes: 0.1,
    warmupMs: 100,
    stages: [{ durationMs: 100, rate: 5 }],
  }
  expect(differences(open, other)).toEqual(['arrivals', 'stages', 'writes', 'warm-up'])
  expect(differences(config, { ...config, arrivals: 'even' })).toEqual([])
})
it('names the seed apart from the keys', () => {
  expect(differences(config, { ...config, keys: { ...config.keys, seed: 2 } })).toEqual(['seed'])
})
it('takes for a repeat only what shares every condition but the seed', () => {
  expect(isRepeat(config, { ...config, lab: 'b', stopUnwatched: false, thresholds: ['errors = 0'] })).toBe(true)
  expect(isRepeat(config, { ...config, strategy: 'memory' })).toBe(false)
  expect(isRepeat(config, { ...config, keys: { ...config.keys, seed: 2 } })).toBe(true)
  expect(isRepeat(config, { ...config, keys: { ...config.keys, s: 2 } })).toBe(false)
})
