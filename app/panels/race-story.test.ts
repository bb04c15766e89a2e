import { describe, expect, it } from 'vitest'
import { faultIn } from '@/app/lab/problem'
import type { LabEvent } from '@/lib/lab/events'
import { doneToEntry, endOf, keptIn, momentsOf, type Race } from './race-story'
import type { Sent } from './send'

const sent = (over: Partial<Sent>, version: number, status: string): Sent => ({
  id: 1_000,
  at: 0,
  path: '',
  resource: 'tasks/{id}',
  strategy: 'redis',
  to: 'app',
  asked: {},
  status: 200,
  outcome: 'miss',
  by: 'network',
  roundTripMs: 610,
  transferBytes: 300,
  stretches: [],
  headers: [
    ['cache-status', status],
    ['x-version', String(version)],
  ],
  body: '',
  ...over,
})
const WAIT: Sent['stretches'] = [{ name: 'added', kind: 'added', about: '', startMs: 5, durMs: 600 }]
const STORED = 'redis; fwd=miss; stored; ttl=60'

/** A reader that a write overtook, with delete on write: the later reader has the old row. */
const lost: Race = {
  strategy: 'redis',
  key: 'tasks/7',
  ttl: 60,
  startMs: 1_000,
  reader: sent({ stretches: WAIT }, 1, STORED),
  writer: { path: '', sentMs: 1_250, answeredMs: 1_260, version: 2 },
  later: sent({ id: 1_612, roundTripMs: 4, outcome: 'hit' }, 1, 'redis; hit; ttl=60'),
}
/** The same with the version check: the old row was refused. */
const refused: Race = {
  ...lost,
  strategy: 'redis-versioned',
  reader: sent({ stretches: WAIT }, 1, 'redis; fwd=miss; detail=refused'),
  later: sent({ id: 1_612, roundTripMs: 4 }, 2, STORED),
}

const row = (over: Partial<LabEvent>): LabEvent => ({
  seq: 1,
  at: 0,
  kind: 'write',
  resource: 'tasks/{id}',
  key: 'tasks/7',
  strategy: 'redis',
  request: 12,
  worker: '1',
  ...over,
})

describe('the end of a race', () => {
  it('is an old row, for as long as its entry has left', () => {
    expect(endOf(lost)).toEqual({ kind: 'old', behind: 1, forSeconds: 60 })
  })
  it('is the new row where the old one was refused', () => {
    expect(endOf(refused)).toEqual({ kind: 'new', refused: true })
  })
  it('is not told before all three are answered', () => {
    expect(endOf({ ...lost, later: undefined })).toBeUndefined()
    expect(endOf({ ...lost, writer: undefined })).toBeUndefined()
  })
  it('is no race where nobody was overtaken', () => {
    expect(endOf({ ...lost, reader: sent({}, 2, STORED) })?.kind).toBe('no race')
    expect(endOf({ ...lost, reader: sent({ outcome: 'hit' }, 1, 'redis; hit; ttl=3') })?.kind).toBe('no race')
  })
  it('is the fault of whichever failed', () => {
    const fault = faultIn(new Error('gone'))
    expect(endOf({ ...lost, writer: { path: '', sentMs: 1, answeredMs: 2, fault } })).toEqual({ kind: 'failed', fault })
  })
})

describe('what a write did to the entry', () => {
  it('is told by the rows of its request, and not before they are here', () => {
    expect(doneToEntry(lost, [row({ key: 'tasks/8' })], false)).toBeUndefined()
    expect(doneToEntry(lost, [row({})], false)).toMatch(/^deletes nothing/)
    expect(doneToEntry(lost, [row({}), row({ kind: 'invalidation' })], false)).toBe('deletes the entry')
    expect(doneToEntry(lost, [row({}), row({ kind: 'store' })], false)).toBe('stores version 2 in the cache')
  })
  it('is that of the strategy in the race, and of no other request', () => {
    const others = [row({ kind: 'store', strategy: 'redis-write-through' }), row({ kind: 'store', request: 11 })]
    expect(doneToEntry(lost, [row({}), ...others], false)).toMatch(/^deletes nothing/)
  })
  it('includes the word that the version check leaves', () => {
    expect(doneToEntry(refused, [row({ strategy: 'redis-versioned' })], true)).toContain('leaves word')
  })
})

describe('the story of a race', () => {
  it('is told in the order in which it happened', () => {
    const told = momentsOf(lost, 'deletes nothing')
    expect(told.map(({ lane, atMs }) => [lane, atMs])).toEqual([
      ['reader', 5],
      ['writer', 260],
      ['reader', 605],
      ['later', 616],
    ])
    expect(told[2]?.say).toContain('stores version 1')
    expect(momentsOf(refused, undefined)[2]?.say).toContain('is refused')
  })
  it('has what was kept meanwhile: a write through is overwritten by the old row', () => {
    expect(keptIn(lost, 'deletes nothing')).toEqual([{ version: 1, fromMs: 605, toMs: undefined }])
    expect(keptIn(lost, 'stores version 2 in the cache')).toEqual([
      { version: 2, fromMs: 260, toMs: 605 },
      { version: 1, fromMs: 605, toMs: undefined },
    ])
    expect(keptIn(refused, 'deletes nothing')).toEqual([{ version: 2, fromMs: 616, toMs: undefined }])
  })
})
