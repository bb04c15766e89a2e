import { describe, expect, it } from 'vitest'
import type { LabEvent } from '@/lib/lab/events'
import type { EventKind } from '@/lib/lab/kinds'
import { addCounts, agreement, countHeard, countSent, noneAsked, noneHeard, witnessFigures } from './witness'

const sends = [
  { by: 'network', status: 200, transferBytes: 390 },
  { by: 'browser', status: 200, transferBytes: 0 },
  { by: 'browser', status: 200, transferBytes: 0 },
  { by: 'browser-revalidated', status: 200, transferBytes: 300 },
  { by: 'network', status: 0, transferBytes: 0 },
] as const
const page = sends.reduce(countSent, noneAsked)

let seq = 0
const row = (request: number, kind: EventKind, more: Partial<LabEvent> = {}): LabEvent => ({
  seq: ++seq,
  at: 1_000,
  kind,
  resource: 'public/config',
  key: 'public/config',
  strategy: 'http',
  request,
  worker: '1',
  ...more,
})
const rows = [
  row(1, 'origin', { tier: 'origin' }),
  row(1, 'miss'),
  row(2, 'origin', { tier: 'origin' }),
  row(2, 'miss'),
  row(3, 'origin', { tier: 'origin' }),
  row(3, 'revalidated'),
  row(4, 'miss', { strategy: 'none' }),
  row(5, 'hit', { resource: 'slow-value', strategy: 'memory' }),
  row(6, 'miss', { run: 'a-run' }),
]
const ask = { since: 2, resource: 'public/config', strategy: 'http' }

describe('the two witnesses', () => {
  it('the browser counts who answered, and the bytes that came', () => {
    expect(page).toEqual({ asked: 5, fromCache: 2, revalidated: 1, network: 1, failed: 1, bytes: 690 })
  })
  it('the server counts what it heard of this resource and strategy since, runs left out', () => {
    expect(countHeard(rows, ask)).toEqual({ requests: 2, revalidated: 1, originCalls: 2 })
    expect(countHeard(rows, { ...ask, since: seq })).toEqual(noneHeard)
  })
  it('agree where the server heard of just what the browser sent', () => {
    expect(agreement(page, countHeard(rows, ask))).toEqual({
      agree: true,
      say: '1 + 1 = 2: the two witnesses agree.',
    })
    expect(agreement(noneAsked, noneHeard).agree).toBe(true)
  })
  it('say so where they do not', () => {
    const heard = countHeard(rows, ask)
    expect(agreement(page, { ...heard, requests: 3 })).toMatchObject({ agree: false })
    expect(agreement(page, { ...heard, requests: 3 }).say).toContain('1 more')
    expect(agreement(page, { ...heard, requests: 1 }).say).toContain('1 fewer')
    expect(agreement(page, { ...heard, revalidated: 0 }).agree).toBe(false)
  })
  it('add up over rounds, and become figures with the strategy in front', () => {
    const sum = addCounts(page, page)
    expect(sum.asked).toBe(10)
    expect(Object.fromEntries(witnessFigures('http', sum, countHeard(rows, ask)))).toEqual({
      'http:asked': 10,
      'http:browser-hits': 4,
      'http:revalidated': 2,
      'http:server-requests': 2,
      'http:origin-calls': 2,
    })
  })
})
