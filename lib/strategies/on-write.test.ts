import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestContext, testContext } from '../testing/context'
import { strategies } from '.'
import { redisWriteThrough } from './redis-write-through'
import type { Reader, WritePolicy } from './strategy'

/** What every strategy does with its entry when the row behind it is written, over a real Redis. */

let test: TestContext
let readers = 0
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

/** What becomes of an entry of version 1 when version 2 is written: the step, and what the next reader gets. */
const ON_WRITE: Record<WritePolicy, { steps: string[]; next: string }> = {
  'nothing kept': { steps: [], next: '2, asked of the origin' },
  'ttl only': { steps: [], next: '1, kept' },
  'delete on write': { steps: ['invalidated'], next: '2, asked of the origin' },
  'write through': { steps: ['stored'], next: '2, kept' },
  'version check': { steps: ['invalidated'], next: '2, asked of the origin' },
}

describe.each(strategies)('$id, when a row is written', ({ id, create, writes }) => {
  const make = () => create({ clock: test.clock, capacity: 2, redis: test.redisStore(`on-write-${++readers}:${id}:`) })
  const row = (version: number) => ({ value: `version ${version}`, version })
  const read = async (reader: Reader, version: number) => {
    const reading = await reader.read('key', async () => row(version), { ttlMs: 1_000 })
    return `${reading.entry?.version}, ${reading.originCalls === 0 ? 'kept' : 'asked of the origin'}`
  }

  it(`does what “${writes}” says`, async () => {
    const reader = make()
    await read(reader, 1)
    const steps = await reader.onWrite('key', { row: row(2), ttlMs: 1_000 })
    expect(steps.map(({ result }) => result)).toEqual(ON_WRITE[writes].steps)
    expect(await read(reader, 2)).toBe(ON_WRITE[writes].next)
  })

  it('keeps no row that it is not asked to keep', async () => {
    const reader = make()
    expect(await reader.onWrite('key', { row: row(2) })).toEqual([])
    expect((await reader.entries(10)).total).toBe(0)
    expect(await read(reader, 2)).toBe('2, asked of the origin')
  })
})

it('a row that is written through is fresh for the TTL of the write', async () => {
  const store = test.redisStore(`on-write-${++readers}:`)
  const reader = redisWriteThrough.create({ clock: test.clock, capacity: 2, redis: store })
  await reader.onWrite('key', { row: { value: 'two', version: 2 }, ttlMs: 5_000 })
  const read = () => reader.read('key', async () => ({ value: 'three', version: 3 }), { ttlMs: 1_000 })
  test.clock.advance(4_999)
  expect(await read()).toMatchObject({ outcome: 'hit', value: 'two' })
  test.clock.advance(1)
  expect(await read()).toMatchObject({ outcome: 'miss', value: 'three' })
})
