import { describe, expect, it } from 'vitest'
import type { Sample } from '@/lib/runs/samples'
import { answeringWorker, changesInWords, headerLines, letterOf, placesBefore, workersOf } from './sampled'

const sample = (more: Partial<Sample>): Sample => ({
  n: 1,
  atMs: 0,
  key: '/api/tasks/1',
  method: 'GET',
  address: 0,
  status: 200,
  outcome: 'hit',
  latencyMs: 1,
  serviceMs: 1,
  headers: {},
  ...more,
})

describe('the header differences', () => {
  it('name what came, went and changed', () => {
    const lines = headerLines(
      { 'cache-status': 'redis; fwd=miss; stored', etag: '"1"', 'cache-control': 'no-store' },
      { 'cache-status': 'redis; hit; ttl=9', age: '3', 'cache-control': 'no-store' },
    )
    expect(Object.fromEntries(lines.map(({ name, change }) => [name, change]))).toEqual({
      'cache-status': 'changed',
      age: 'added',
      etag: 'removed',
      'cache-control': 'same',
    })
    expect(changesInWords(lines)).toBe('cache-status, age added, etag removed')
  })

  it('take other durations of the same steps for the same, and other steps for a change', () => {
    const change = (was: string, is: string) =>
      headerLines({ 'server-timing': was }, { 'server-timing': is }).map((line) => line.change)
    expect(change('redis;dur=1, handler;dur=2', 'redis;dur=3, handler;dur=4')).toEqual(['same'])
    expect(change('redis;dur=1, origin;dur=9, handler;dur=10', 'redis;dur=3, handler;dur=4')).toEqual(['changed'])
  })

  it('are none for the first of a key, whose headers are there all the same', () => {
    expect(headerLines(undefined, { age: '3' })).toEqual([{ name: 'age', now: '3', change: 'same' }])
  })

  it('are to the one before it of the same key and method', () => {
    const other = { key: '/api/tasks/2' }
    const requests = [sample({}), sample(other), sample({ method: 'PATCH' }), sample({}), sample(other)]
    expect(placesBefore(requests)).toEqual([undefined, undefined, undefined, 0, 1])
  })
})

describe('the processes of a run', () => {
  it('are in the order of their hosts, one that replaced another after it', () => {
    const by = (worker: string, address: number) => sample({ address, headers: { 'x-worker': worker } })
    expect(workersOf([by('30', 1), by('20', 0), by('30', 1), by('40', 1), sample({})])).toEqual(['20', '30', '40'])
    expect([letterOf(0), letterOf(3), letterOf(30)]).toEqual(['A', 'D', '31'])
  })

  it('did not answer what a cache in front of them gave, whose headers name the one that once did', () => {
    const headers = { 'x-worker': '20' }
    expect(answeringWorker(sample({ headers }))).toBe('20')
    expect(answeringWorker(sample({ headers, browser: 'hit' }))).toBe(undefined)
    expect(answeringWorker(sample({ headers: { ...headers, 'cache-status': 'edge; hit; ttl=4' } }))).toBe(undefined)
    expect(answeringWorker(sample({ headers: { ...headers, 'cache-status': 'edge;hit' } }))).toBe(undefined)
    const passed = { ...headers, 'cache-status': 'memory; hit; ttl=4, edge; fwd=uri-miss; stored' }
    expect(answeringWorker(sample({ headers: passed }))).toBe('20')
  })
})
