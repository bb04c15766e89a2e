import { describe, expect, it } from 'vitest'
import { Problem } from '../http/problem'
import { planRun } from './config'

const base = { resource: 'tasks/{id}', strategy: 'redis' }
const open = { ...base, mode: 'open', rate: 5 }
const refused = (body: unknown) => {
  try {
    planRun(body, 'lab')
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, ...error.info }
    throw error
  }
}

describe('planRun', () => {
  it('decides what was left out', () => {
    expect(planRun(base, 'mine').config).toEqual({
      resource: 'tasks/{id}',
      params: {},
      strategy: 'redis',
      ttl: 120,
      lab: 'mine',
      mode: 'closed',
      requests: 200,
      connections: 10,
      arrivals: 'poisson',
      keys: { kind: 'one', count: 1, s: 1, seed: 1 },
      writes: 0,
      thresholds: [],
      warmupMs: 0,
      start: 'cold',
      via: 'direct',
      host: 'next',
      stopUnwatched: false,
    })
    expect(planRun({ ...base, lab: 'other', durationMs: 1_000 }, 'mine').config).toMatchObject({
      lab: 'other',
      durationMs: 1_000,
      requests: undefined,
    })
  })

  it('has two workers where nothing is said of how many', () => {
    expect(planRun({ ...base, host: 'workers' }, 'mine').config).toMatchObject({ host: 'workers', workers: 2 })
    expect(planRun({ ...base, host: 'workers', workers: 4 }, 'mine').config).toMatchObject({ workers: 4 })
    expect(planRun({ ...base, via: 'edge' }, 'mine').config).toMatchObject({ via: 'edge', host: 'next' })
  })

  it('lasts as long as its stages', () => {
    const stages = [
      { durationMs: 0, rate: 50 },
      { durationMs: 700, rate: 10 },
      { durationMs: 300, rate: 10 },
    ]
    expect(planRun({ ...open, stages }, 'mine').config).toMatchObject({
      durationMs: 1_000,
      requests: undefined,
      stages,
    })
  })

  it.each([
    ['the edge before workers', { ...base, via: 'edge', host: 'workers' }, 'via'],
    ['workers where the Next routes answer', { ...base, workers: 2 }, 'workers'],
    ['five workers', { ...base, host: 'workers', workers: 5 }, 'workers'],
    ['an unknown host', { ...base, host: 'cloud' }, 'host'],
    ['nothing', null, 'body'],
    ['an array', [], 'body'],
    ['no resource', { strategy: 'redis' }, 'resource'],
    ['an unknown resource', { ...base, resource: 'secrets' }, 'resource'],
    ['a URL as resource', { ...base, resource: 'http://evil.example/' }, 'resource'],
    ['an inherited name as resource', { ...base, resource: '__proto__' }, 'resource'],
    ['an unknown strategy', { ...base, strategy: 'magic' }, 'strategy'],
    ['an unknown field', { ...base, url: 'http://evil.example/' }, 'url'],
    ['no requests', { ...base, requests: 0 }, 'requests'],
    ['too many requests', { ...base, requests: 200_001 }, 'requests'],
    ['half a request', { ...base, requests: 1.5 }, 'requests'],
    ['requests as text', { ...base, requests: '10' }, 'requests'],
    ['too many connections', { ...base, connections: 201 }, 'connections'],
    ['too long', { ...base, durationMs: 60_001 }, 'durationMs'],
    ['two ends', { ...base, requests: 1, durationMs: 1_000 }, 'durationMs'],
    ['an open run without a rate', { ...base, mode: 'open' }, 'rate'],
    ['a closed run with one', { ...base, rate: 100 }, 'rate'],
    ['too high a rate', { ...base, mode: 'open', rate: 5_001 }, 'rate'],
    ['stages in a closed run', { ...base, stages: [{ durationMs: 1_000, rate: 10 }] }, 'stages'],
    ['stages and an end', { ...open, requests: 5, stages: [{ durationMs: 1_000, rate: 10 }] }, 'stages'],
    ['stages that take no time', { ...open, stages: [{ durationMs: 0, rate: 10 }] }, 'stages'],
    ['stages that take too long', { ...open, stages: Array(3).fill({ durationMs: 30_000, rate: 10 }) }, 'stages'],
    ['a stage without a rate', { ...open, stages: [{ durationMs: 1_000 }] }, 'stages.0.rate'],
    ['a list of no keys', { ...base, keys: { kind: 'list', count: 5 } }, 'keys.list'],
    ['a list with a key too many', { ...base, keys: { kind: 'list', count: 2, list: [0, 1, 2] } }, 'keys.list'],
    ['a hot set of more than all', { ...base, keys: { kind: 'hotset', count: 2, share: 1.5 } }, 'keys.share'],
    ['writes to what is only read', { resource: 'slow-value', strategy: 'redis', writes: 0.1 }, 'writes'],
    ['more writes than requests', { ...base, writes: 1.1 }, 'writes'],
    ['a threshold of nothing', { ...base, thresholds: ['p95 < 50 ms', 'p42 < 1'] }, 'thresholds'],
    ['a TTL out of bounds', { ...base, ttl: 0 }, 'ttl'],
    ['a broken TTL for HTTP', { ...base, strategy: 'http', ttl: 1.5 }, 'ttl'],
    ['a lab that is no name', { ...base, lab: '../x' }, 'lab'],
    ['an unknown parameter', { ...base, params: { colour: 'red' } }, 'params.colour'],
    ['a parameter out of bounds', { resource: 'slow-value', strategy: 'none', params: { delay: 9e9 } }, 'params.delay'],
    ['an unknown kind of keys', { ...base, keys: { kind: 'pareto', count: 1 } }, 'keys.kind'],
    [
      'more keys than there are',
      { ...base, resource: 'exchange', keys: { kind: 'uniform', count: 5_000 } },
      'keys.count',
    ],
    ['keys where there is one', { ...base, resource: 'slow-value', keys: { kind: 'uniform', count: 2 } }, 'keys.count'],
    ['too steep a zipf', { ...base, keys: { kind: 'zipf', count: 2, s: 4 } }, 'keys.s'],
  ])('refuses %s', (_what, body, parameter) => {
    expect(refused(body)).toMatchObject({ code: 'invalid-body', parameter })
  })

  it.each([
    [null, 'null', 'an object with the fields at /api/schema'],
    [{ ...base, requests: '10' }, '"10"', 'a whole number from 1 to 200,000'],
    [{ ...base, connections: 201 }, '201', 'a whole number from 1 to 200'],
    [{ ...base, ttl: 0 }, '0', 'a number from 0.1 to 86,400'],
    [{ ...base, mode: 'ajar' }, '"ajar"', 'one of closed, open'],
    [{ ...base, stopUnwatched: 1 }, '1', 'true or false'],
    [{ ...base, lab: 'A' }, '"A"', '1 to 64 of a-z, 0-9 and -'],
    [{ ...base, params: { id: [] } }, '[]', 'text or a number'],
    [{ ...base, keys: { kind: 'one', seed: -1 } }, '-1', 'a whole number from 0 to 2,147,483,647'],
    [{ strategy: 'redis' }, undefined, 'text'],
  ])('says of %j that it held %s, and takes %s', (body, given, accepted) => {
    const answer = refused(body)
    expect(answer).toMatchObject({ accepted, detail: expect.stringContaining(accepted) as string })
    expect(answer?.given).toBe(given)
  })

  it('does not echo a long one', () => {
    expect(refused({ ...base, keys: { kind: 'x'.repeat(500) } })?.given?.length).toBeLessThan(110)
  })
})
