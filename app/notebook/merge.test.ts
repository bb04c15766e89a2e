import { describe, expect, it } from 'vitest'
import { BODY_BYTES } from '@/lib/http/body'
import { ITEMS, PUT_ITEMS } from '@/lib/notebook/limits'
import { command, prediction, run } from '@/lib/notebook/testing'
import {
  type Copy,
  clearItems,
  dropItems,
  emptyCopy,
  meetServer,
  mergeItems,
  nextPatch,
  putItems,
  tookPatch,
} from './merge'

const ids = ({ items }: Copy) => Object.keys(items).sort()
/** A copy that the server has taken. */
const settled = (...items: Parameters<typeof putItems>[1]) => ({
  ...putItems(emptyCopy, items),
  unsent: emptyCopy.unsent,
})

describe('meeting the server', () => {
  it('takes what is later there, and sends what is later or only here', () => {
    const here = settled(command('a', 5, 'mine'), command('b', 5, 'mine'), command('c', 5, 'mine'))
    const met = meetServer(here, [command('a', 6, 'theirs'), command('b', 4, 'theirs'), command('d', 1)])
    expect(Object.values(met.items).map((item) => 'text' in item && item.text)).toEqual([
      'theirs',
      'mine',
      'mine',
      'hey -n 1',
    ])
    expect(met.unsent.put).toEqual(['command:b', 'command:c'])
  })
  it('sends nothing when both have the same', () => {
    expect(nextPatch(meetServer(settled(command('a')), [command('a')]))).toBeUndefined()
  })
  it('lets nothing come back that was dropped here', () => {
    const here = dropItems(settled(command('a'), command('b')), ['command:a'])
    const met = meetServer(here, [command('a', 99), command('b')])
    expect(ids(met)).toEqual(['command:b'])
    expect(nextPatch(met)).toEqual({ put: [], drop: ['command:a'] })
  })
  it('takes what was dropped and written anew', () => {
    const again = putItems(dropItems(settled(command('a')), ['command:a']), [command('a', 2)])
    expect(nextPatch(again)).toEqual({ put: [command('a', 2)], drop: [] })
  })
})

describe('a reset', () => {
  it('of a lesson leaves the others, and what was not sent of it', () => {
    const cleared = clearItems(putItems(emptyCopy, [command('a'), prediction()]), 'measure-honestly')
    expect(ids(cleared)).toEqual(['prediction:a-thousand-requests'])
    expect(cleared.unsent).toEqual({ put: ['prediction:a-thousand-requests'], drop: [], clear: ['measure-honestly'] })
  })
  it('of all leaves nothing', () => {
    const cleared = clearItems(dropItems(settled(command('a'), prediction()), ['command:a']))
    expect(cleared).toEqual({ items: {}, unsent: { put: [], drop: [], clear: [''] } })
  })
})

describe('a file', () => {
  it('is merged by time, and told how', () => {
    const { merged, ...copy } = mergeItems(settled(command('a', 5), command('b', 5)), [
      command('a', 6, 'later'),
      command('b', 5, 'same'),
      command('c', 1),
      command('c', 2, 'twice in the file'),
    ])
    expect(merged).toEqual({ fresh: 1, later: 2, same: 1 })
    expect(copy.items['command:a']).toMatchObject({ text: 'later' })
    expect(copy.items['command:b']).toMatchObject({ text: 'hey -n 5' })
    expect(copy.items['command:c']).toMatchObject({ text: 'twice in the file' })
    expect(copy.unsent.put).toEqual(['command:a', 'command:c'])
  })
})

describe('patches', () => {
  it('hold 200 items at most, and no more than a body may, and together everything', () => {
    for (const text of ['short', 'é'.repeat(1_000)]) {
      let copy: Copy = putItems(
        emptyCopy,
        Array.from({ length: 450 }, (_, i) => command(`${i}`, 1, text)),
      )
      copy = dropItems(
        copy,
        Array.from({ length: 700 }, (_, i) => `run:${'x'.repeat(150)}${i}`),
      )
      const [sent, dropped] = [new Set<string>(), new Set<string>()]
      for (let patch = nextPatch(copy); patch; patch = nextPatch(copy)) {
        expect(patch.put.length).toBeLessThanOrEqual(PUT_ITEMS)
        expect(Buffer.byteLength(JSON.stringify(patch))).toBeLessThanOrEqual(BODY_BYTES)
        for (const { id } of patch.put) sent.add(id)
        for (const id of patch.drop) dropped.add(id)
        copy = tookPatch(copy, patch)
      }
      expect([sent.size, dropped.size]).toEqual([450, 700])
    }
  })
  it('are sent again for what was written meanwhile', () => {
    const before = putItems(emptyCopy, [command('a', 1), command('b', 1)])
    const patch = nextPatch(before) ?? { put: [], drop: [] }
    const after = tookPatch(putItems(before, [command('a', 2)]), patch)
    expect(nextPatch(after)?.put).toEqual([command('a', 2)])
  })
})

it('makes room by letting the oldest runs go', () => {
  const runs = Array.from({ length: ITEMS }, (_, i) => run(`${i}`, i + 10))
  const full = putItems(settled(...runs), [command('a')])
  expect(Object.keys(full.items)).toHaveLength(ITEMS)
  expect(full.items['command:a']).toBeDefined()
  expect(full.items['run:0']).toBeUndefined()
  expect(full.unsent.drop).toEqual(['run:0'])
})
