import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Service } from '../cli/service'
import type { Context } from '../context'
import { handle } from '../handle'
import { startRedis } from '../redis/start'
import { redisStore } from '../redis/store'
import { type TestContext, testContext } from '../testing/context'
import type { StrategyId } from '.'

/**
 * A write that overtakes a reader, over the real Redis of the tests and over an emulated one: the reader has read the
 * row, waits as `slow=` asks, and stores what it read after the write is done. The wait ends when the test says so.
 */
describe.each(['the tests’', 'an emulated'] as const)('on %s Redis', (which) => {
  let service: Service | undefined
  let test: TestContext
  beforeAll(async () => {
    if (which === 'an emulated') service = await startRedis({ emulate: true, log: () => {} })
    test = testContext({ redis: service?.address })
  })
  afterAll(async () => {
    await test.context.close()
    await service?.stop()
  })

  /** A lab whose slow readers wait until `goOn`; `overtaken` resolves when one has read its row. */
  function openRace(strategy: StrategyId) {
    const lab = `race-${strategy}`
    const gate = { goOn: () => {}, overtaken: Promise.resolve() }
    let read = () => {}
    const waiting = new Promise<void>((resolve) => {
      gate.goOn = resolve
    })
    gate.overtaken = new Promise<void>((resolve) => {
      read = resolve
    })
    const context: Context = {
      ...test.context,
      origin: (of) => ({
        ...test.context.origin(of),
        async delay(ms) {
          read()
          await waiting
          return ms
        },
      }),
    }
    const send = async (query = '', body?: object) => {
      const url = `http://127.0.0.1:3000/api/tasks/7?cache=${strategy}&ttl=60&lab=${lab}${query}`
      const headers = { host: '127.0.0.1:3000', 'content-type': 'application/json' }
      const init = body ? { method: 'PATCH', body: JSON.stringify(body), headers } : { headers }
      const response = await handle(new Request(url, init), context)
      expect(response.status).toBe(200)
      return {
        version: Number(response.headers.get('x-version')),
        status: response.headers.get('cache-status'),
        timing: response.headers.get('server-timing'),
      }
    }
    return { ...gate, send, lab: test.context.labs.get(lab) }
  }

  /** Have a write overtake a reader, and ask once more. Versions are counted from the seeded row's. */
  async function race(strategy: StrategyId) {
    const { send, overtaken, goOn, lab } = openRace(strategy)
    const reading = send('&slow=500')
    await overtaken
    const written = await send('', { title: 'Overtaking' })
    goOn()
    const slow = await reading
    const next = await send()
    expect(written.version).toBe(slow.version + 1)
    return { slow, next, lab, send, behind: written.version - next.version }
  }

  it.each(['memory', 'redis', 'redis-ttl-only'] as const)('%s answers with the old row from then on', async (id) => {
    const { slow, next, behind, lab } = await race(id)
    expect(slow.status).toContain('stored')
    expect(slow.timing).toContain('added;dur=500;desc="added on purpose"')
    expect(next.status).toContain('; hit; ttl=60')
    expect(behind).toBe(1)
    expect(lab.counters.refusals).toBe(0)
  })

  it('redis-write-through has the new row overwritten by the old one', async () => {
    const { next, behind, lab } = await race('redis-write-through')
    expect(next.status).toBe('redis; hit; ttl=60')
    expect(behind).toBe(1)
    const kept = lab.log
      .since(0, 100)
      .rows.filter(({ kind, strategy }) => kind === 'store' && strategy.startsWith('redis'))
    expect(kept).toHaveLength(2)
  })

  it('redis-versioned refuses the old row, and the next reader gets the new one', async () => {
    const { slow, next, behind, lab, send } = await race('redis-versioned')
    expect(slow.status).toBe('redis; fwd=miss; detail=refused')
    expect(next.status).toBe('redis; fwd=miss; stored; ttl=60')
    expect(behind).toBe(0)
    expect(await send()).toMatchObject({ status: 'redis; hit; ttl=60', version: next.version })

    expect(lab.counters).toMatchObject({ refusals: 1, stores: 1 })
    const kinds = lab.log.since(0, 100).rows.map(({ kind }) => kind)
    expect(kinds).toEqual(['write', 'origin', 'refusal', 'miss', 'origin', 'store', 'miss', 'hit'])
  })

  /** A store of its own, with an entry looked up in it: `fill` stores a version as the reader of that look-up. */
  async function openStore(tombstoneMs?: number) {
    const prefix = `race-${randomUUID()}:`
    const store = redisStore(test.context.redis, prefix, tombstoneMs)
    onTestFinished(() => store.clear())
    const { lease } = await store.get('key')
    const fill = (version: number) => store.setUnlessOlder('key', `v${version}`, { lease, version }, 1_000, 9e12)
    return { store, prefix, fill }
  }

  it('a tombstone holds against older versions alone, whichever write is last', async () => {
    const { store, fill } = await openStore()
    expect(await fill(1)).toBe(true)
    expect(await store.bury('key', 12)).toBe(true)
    expect(await store.bury('key', 9)).toBe(false)
    expect(await fill(11)).toBe(false)
    expect((await store.get('key')).text).toBeNull()
    expect((await store.list(10, 0)).total).toBe(0)
    expect(await fill(12)).toBe(true)
    expect(await store.list(10, 0)).toEqual({ rows: [{ key: 'key', text: 'v12' }], total: 1 })
  })

  it('a tombstone expires', async () => {
    const { store, fill } = await openStore(1)
    await store.bury('key', 12)
    await expect.poll(() => fill(11)).toBe(true)
    expect((await store.get('key')).text).toBe('v11')
  })

  it('what was read before a write is refused, though Redis has evicted the tombstone', async () => {
    const { store, prefix, fill } = await openStore()
    await store.bury('key', 12)
    await test.context.redis.run((redis) => redis.unlink(`${prefix}ledger`))
    expect(await fill(11)).toBe(false)
    await store.get('key')
    expect(await fill(11)).toBe(false)
    expect((await store.get('key')).text).toBeNull()
  })
})
