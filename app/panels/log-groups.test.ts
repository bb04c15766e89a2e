import { describe, expect, it } from 'vitest'
import type { LabEvent } from '@/lib/lab/events'
import type { EventKind } from '@/lib/lab/kinds'
import { filterGroups, groupRows, groupsText } from './log-groups'

let seq = 0
const row = (request: number, kind: EventKind, more: Partial<LabEvent> = {}): LabEvent => ({
  seq: ++seq,
  at: 1_000,
  kind,
  resource: 'slow-value',
  key: 'slow-value',
  strategy: 'memory',
  request,
  worker: '1',
  ...more,
})
const log = () => [
  row(1, 'hit'),
  row(2, 'expiry', { tier: 'memory' }),
  row(2, 'origin', { tier: 'origin', durMs: 200 }),
  row(2, 'store', { tier: 'memory' }),
  row(2, 'miss', { durMs: 201 }),
  row(3, 'error', { tier: 'redis', detail: 'unavailable' }),
  row(3, 'origin', { tier: 'origin' }),
  row(3, 'miss', { strategy: 'redis', key: 'tasks/7' }),
]

describe('the log by request', () => {
  it('puts what happened on the way before the outcome', () => {
    const groups = groupRows(log())
    expect(
      groups.map(({ request, steps, outcome }) => [request, steps.map(({ kind }) => kind), outcome?.kind]),
    ).toEqual([
      [1, [], 'hit'],
      [2, ['expiry', 'origin', 'store'], 'miss'],
      [3, ['error', 'origin'], 'miss'],
    ])
  })
  it('takes an error of the origin for the outcome', () => {
    expect(groupRows([row(9, 'error', { tier: 'origin' })])[0]?.outcome?.kind).toBe('error')
  })
  it('says where rows are not here', () => {
    const first = row(1, 'hit')
    seq += 5
    expect(groupRows([first, row(8, 'hit')]).map(({ missing }) => missing)).toEqual([0, 5])
  })
  it('filters by what happened in a request, not only by how it ended', () => {
    const groups = groupRows(log())
    const requests = (filter: Parameters<typeof filterGroups>[1]) =>
      filterGroups(groups, filter).map(({ request }) => request)
    expect(requests({ kind: 'origin' })).toEqual([2, 3])
    expect(requests({ kind: 'origin', key: 'tasks' })).toEqual([3])
    expect(requests({ kind: 'eviction' })).toEqual([])
    expect(requests({})).toEqual([1, 2, 3])
  })
  it('copies as a line a row', () => {
    expect(groupsText(groupRows(log())).split('\n')).toHaveLength(8)
  })
})
