import { describe, expect, it } from 'vitest'
import { notebookItem } from '@/lib/notebook/items'
import { command, everyKind } from '@/lib/notebook/testing'
import { isItem, readCopy } from './guard'

describe('the light look at an item', () => {
  it.each(everyKind)('takes a whole $kind, and misses each field that the schema misses', (item) => {
    expect(notebookItem.safeParse(item).success).toBe(true)
    expect(isItem(item)).toBe(true)
    for (const field of Object.keys(item)) {
      const rest = Object.fromEntries(Object.entries(item).filter(([name]) => name !== field))
      if (!notebookItem.safeParse(rest).success) expect(isItem(rest), field).toBe(false)
      // Nothing that a page shows as text may be an object.
      expect(isItem({ ...item, [field]: { toString: 1 } }), field).toBe(false)
    }
  })
  it.each([
    null,
    [],
    'command',
    { ...command('a'), kind: '__proto__' },
    { ...command('a'), kind: 'toString', id: 'toString:a' },
    { ...command('a'), id: 'run:a' },
    { ...command('a'), at: '1' },
    { ...command('a'), at: 9e15 },
    { ...command('a'), lesson: null },
  ])('refuses %j', (value) => {
    expect(isItem(value)).toBe(false)
  })
})

describe('reading a kept copy', () => {
  it('gives back what was written', () => {
    const copy = { items: { 'command:a': command('a') }, unsent: { put: ['command:a'], drop: ['run:x'], clear: [''] } }
    expect(readCopy(JSON.stringify(copy))).toEqual(copy)
  })
  it.each([null, '', '{', '7', 'null', '[]', '{"items":[]}', '{"items":{"a":7},"unsent":{"put":7,"drop":[7]}}'])(
    'makes nothing of %s',
    (text) => {
      expect(readCopy(text)).toEqual({ items: {}, unsent: { put: [], drop: [], clear: [] } })
    },
  )
  it('keeps what is sound beside what is not', () => {
    const kept = { items: { 'command:a': command('a'), 'command:b': { ...command('b'), text: 7 } } }
    expect(Object.keys(readCopy(JSON.stringify(kept)).items)).toEqual(['command:a'])
  })
})
