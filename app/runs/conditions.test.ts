import { expect, it } from 'vitest'
import { apart, circumstancesOf, conditionsOf, differingConditions, shortNames } from './conditions'
import { testRun } from './testing'

const config = (over: Parameters<typeof testRun>[1]) => testRun({}, over).config
const wordsOf = (over: Parameters<typeof testRun>[1], name: string) =>
  conditionsOf(config(over))
    .find((each) => each.name === name)
    ?.words.replaceAll(/[\u202f\u00a0]/g, ' ')

it('says all that a run was told, the seed too, and not the name of its lab', () => {
  const lines = conditionsOf(config({ lab: 'secret-lab', thresholds: ['p99 < 50 ms'], params: { delay: 200 } }))
  const said = Object.fromEntries(lines.map(({ name, words }) => [name, words]))
  expect(said).toMatchObject({ Seed: '1', Parameters: 'delay=200', Thresholds: 'p99 < 50 ms', Keys: 'one key' })
  expect(JSON.stringify(lines)).not.toContain('secret-lab')
})
it('knows every way to draw keys', () => {
  const keys = { count: 100, s: 1.1, seed: 1 }
  expect(wordsOf({ keys: { ...keys, kind: 'zipf' } }, 'Keys')).toBe('100 keys, Zipf with s = 1.1')
  expect(wordsOf({ keys: { ...keys, kind: 'hotset', hot: 5, share: 0.8, shift: 500 } }, 'Keys')).toBe(
    '100 keys, 80.0 % of the requests to 5 hot keys that move on after 500 requests',
  )
  expect(wordsOf({ keys: { ...keys, kind: 'list', list: [3, 1, 2] } }, 'Keys')).toBe(
    '100 keys as recorded, 3 requests: 3, 1, 2',
  )
})
it('says stages and writes', () => {
  const stages = [{ durationMs: 5_000, rate: 200 }]
  expect(wordsOf({ mode: 'open', rate: 10, stages }, 'Stages')).toBe('5.0 s to 200 /s')
  expect(wordsOf({ writes: 0.1 }, 'Writes')).toBe('10.0 % of the requests')
})
it('says what the requests went through, and who answered', () => {
  expect(wordsOf({}, 'Through')).toBe(undefined)
  expect(wordsOf({}, 'Answered by')).toBe('the Next routes')
  expect(wordsOf({ via: 'edge' }, 'Through')).toBe('the edge, a shared HTTP cache')
  expect(wordsOf({ host: 'workers', workers: 2 }, 'Answered by')).toBe('2 worker processes')
})
it('lists only what is not the same in all of them', () => {
  expect(differingConditions([config({ strategy: 'none' }), config({ strategy: 'redis', ttl: 10 })])).toEqual([
    { name: 'Strategy', words: ['none', 'redis'] },
    { name: 'TTL', words: ['–', '10 s'] },
  ])
})
it('names what differs between two runs of the same strategy, and the time of day if nothing does', () => {
  const plain = (...of: Parameters<typeof apart>) => apart(...of).map((name) => name.replaceAll(/[\u202f\u00a0]/g, ' '))
  const none = testRun({}, { strategy: 'none' })
  const fifty = testRun({}, { strategy: 'none', connections: 50 })
  expect(plain(none, fifty)).toEqual(['none, Connections 20', 'none, Connections 50'])
  const memory = testRun({}, { keys: { ...none.config.keys, seed: 2 } })
  expect(plain(none, memory)).toEqual(['none', 'memory, TTL 10 s'])
  const again = testRun({}, { strategy: 'none', keys: { ...none.config.keys, seed: 2 } })
  expect(plain(none, again)).toEqual(['none, Seed 1', 'none, Seed 2'])
  const at = (hours: number) =>
    testRun({ startedAt: new Date(2026, 10, 28, hours).toISOString() }, { strategy: 'none' })
  expect(plain(at(9), at(10))).toEqual(['none, 09:00:00', 'none, 10:00:00'])
  const unknown = testRun({ startedAt: null }, { strategy: 'none' })
  expect(plain(unknown, unknown)).toEqual(['none', 'none'])
})
it('says when a run started and what else ran, as far as it is known', () => {
  const alongside = { queuedRuns: 1, requests: 1_200, cores: { busy: 1.204, own: 0.5 } }
  const lines = circumstancesOf(testRun({ startedAt: '2026-11-28T12:03:04.005Z', alongside }))
  expect(lines.map(({ name, words }) => [name, words.replaceAll(/[\u202f\u00a0]/g, ' ')])).toEqual([
    ['Started', '2026-11-28 12:03:04 UTC'],
    ['Also ran', '1,200 requests of other labs, 1 run in the queue'],
    ['Cores in use', '1.20 by the whole machine, 0.50 of them by the app and its load generator'],
  ])
  expect(circumstancesOf(testRun({ startedAt: null, alongside: null }))).toEqual([])
})
it('names a run by what sets it apart', () => {
  expect(shortNames([config({ connections: 5 }), config({ connections: 50 })])).toEqual([
    'Connections 5',
    'Connections 50',
  ])
  expect(shortNames([config({ strategy: 'none' }), config({ ttl: 5 })])).toEqual(['none', 'memory, TTL 5 s'])
  expect(shortNames([config({}), config({})])).toEqual(['slow-value, memory', 'slow-value, memory'])
})
