import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Service } from '../cli/service'
import { testContext } from '../testing/context'
import type { RedisClient } from './client'
import { startRedis } from './start'
import { redisStore } from './store'

/** What a store promises when Redis evicts whichever of its keys it likes, over a real Redis and the emulated one. */
describe.each(['the tests’', 'an emulated'] as const)('on %s Redis', (which) => {
  let service: Service | undefined
  let client: RedisClient
  beforeAll(async () => {
    if (which === 'an emulated') service = await startRedis({ emulate: true, log: () => {} })
    const own = testContext({ redis: service?.address })
    client = own.context.redis
  })
  afterAll(async () => {
    await client.close()
    await service?.stop()
  })

  /** A store with these keys, and a way to evict some of what it has in Redis. */
  async function storeOf(keys: string[]) {
    const prefix = `store-${randomUUID()}:`
    const store = redisStore(client, prefix)
    onTestFinished(() => store.clear())
    const set = (some: string[], from: number) =>
      Promise.all(some.map((key, i) => store.set(key, `value of ${key}`, 60_000, 1_000 + from + i)))
    for (let at = 0; at < keys.length; at += 100) await set(keys.slice(at, at + 100), at)
    return {
      store,
      evict: (name: string) => client.run((redis) => redis.unlink(prefix + name)),
      left: () => client.run((redis) => redis.exists(...keys.map((key) => `${prefix}entry:${key}`))),
      hits: async () => {
        const found = await Promise.all(keys.map((key) => store.get(key)))
        return keys.filter((_, i) => found[i]?.text !== null)
      },
    }
  }

  it('lists the next to expire first, and counts those beyond the limit', async () => {
    const { store } = await storeOf(['a', 'b', 'c'])
    expect(await store.list(1, 0)).toEqual({ rows: [{ key: 'a', text: 'value of a' }], total: 3 })
    expect(await store.list(9, 1_000)).toMatchObject({ rows: [{ key: 'b' }, { key: 'c' }], total: 2 })
  })

  it('neither lists nor counts an entry that was evicted', async () => {
    const { store, evict, hits } = await storeOf(['a', 'b', 'c'])
    await evict('entry:a')
    expect(await hits()).toEqual(['b', 'c'])
    expect(await store.list(1, 0)).toMatchObject({ rows: [{ key: 'b' }], total: 2 })
  })

  it('is empty, and lists nothing, once its ledger was evicted', async () => {
    const { store, evict, hits, left } = await storeOf(['a', 'b', 'c'])
    await evict('ledger')
    expect(await left()).toBe(3)
    expect(await store.list(9, 0)).toEqual({ rows: [], total: 0 })
    expect(await hits()).toEqual([])
    await store.set('b', 'new', 60_000, 1_000)
    expect(await hits()).toEqual(['b'])
    expect(await store.list(9, 0)).toEqual({ rows: [{ key: 'b', text: 'new' }], total: 1 })
  })

  it('reports no deletion of an entry that was not readable', async () => {
    const { store, evict } = await storeOf(['a', 'b'])
    expect(await store.delete('a')).toBe(true)
    await evict('ledger')
    expect(await store.delete('b')).toBe(false)
  })

  it('is empty for all processes once one has emptied it, and gives the memory back', async () => {
    const { store, hits, left } = await storeOf(['a', 'b', 'c'])
    await store.clear()
    expect(await hits()).toEqual([])
    expect(await left()).toBe(0)
    expect(await store.list(9, 0)).toEqual({ rows: [], total: 0 })
  })

  it('takes what is stored for the first time by readers that looked it up together', async () => {
    const { store } = await storeOf([])
    const found = await Promise.all(Array.from({ length: 5 }, () => store.get('a')))
    const stored = await Promise.all(
      found.map(({ lease }) => store.setUnlessOlder('a', 'v', { lease, version: 1 }, 60_000, 1_000)),
    )
    expect(stored).toEqual([true, true, true, true, true])
  })

  it('lists more entries than one script looks for', async () => {
    const keys = Array.from({ length: 501 }, (_, n) => `k${n}`)
    const { store } = await storeOf(keys)
    expect((await store.list(1, 0)).total).toBe(501)
  })
})
