import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Service } from '../cli/service'
import { handle } from '../handle'
import { type TestContext, testContext } from '../testing/context'
import { startRedis } from './start'

/** A Redis of this test's own, which it may kill, stop and fill with nonsense. */
let service: Service
let test: TestContext
let direct: Redis

beforeEach(async () => {
  service = await startRedis({ url: '', log: () => {} })
  test = testContext({ redis: service.address })
  direct = new Redis({ path: new URL(service.address.url).pathname, retryStrategy: () => 20 })
  direct.on('error', () => {})
})
afterEach(async () => {
  direct.disconnect()
  await test.context.close()
  await service.stop()
})

const send = (target: string, method = 'GET') =>
  handle(new Request(`http://127.0.0.1:3000${target}`, { method, headers: { host: '127.0.0.1:3000' } }), test.context)
const status = async (lab = 'away') => (await send(`/api/tasks/5?cache=redis&lab=${lab}`)).headers.get('cache-status')
const pid = async () => {
  const found = Number(/process_id:(\d+)/.exec(await direct.info('server'))?.[1])
  // An emulated one says 1, which is not to be signalled.
  expect(found, 'needs a real Redis').toBeGreaterThan(1)
  return found
}

describe('with Redis away', () => {
  it('answers from the origin, says what is degraded, and comes back by itself', async () => {
    await status()
    expect(await status()).toBe('redis; hit; ttl=120')

    process.kill(await pid(), 'SIGKILL')
    await expect.poll(() => status(), { interval: 5 }).toBe('redis; fwd=miss; detail=unavailable')
    const rows = test.context.labs.get('away').log.since(0, 1_000).rows
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'error', tier: 'redis', detail: 'unavailable' }))

    await expect.poll(() => status(), { timeout: 60_000 }).toBe('redis; hit; ttl=120')
  }, 120_000)

  it('answers while Redis hangs, and soon without waiting for it', async () => {
    await status()
    const stopped = await pid()
    process.kill(stopped, 'SIGSTOP')
    try {
      for (let i = 0; i < 3; i += 1) expect(await status()).toBe('redis; fwd=miss; detail=unavailable')
      // By now nobody asks Redis any more: a thousand requests do not wait half a second each.
      for (let i = 0; i < 1_000; i += 1) expect(await status()).toBe('redis; fwd=miss; detail=unavailable')
      const health = (await (await send('/healthz')).json()) as {
        status: string
        services: { id: string; answers: boolean }[]
      }
      expect(health.status).toBe('degraded')
      expect(health.services).toContainEqual(expect.objectContaining({ id: 'redis', answers: false }))
      const entries = (await (await send('/api/lab/entries?lab=away')).json()) as { unavailable: string[] }
      expect(entries.unavailable).toEqual(['redis'])
      expect((await send('/api/lab/entries?lab=away', 'DELETE')).status).toBe(503)
    } finally {
      process.kill(stopped, 'SIGCONT')
    }
    await expect.poll(() => status(), { timeout: 60_000 }).toMatch(/hit/)
  }, 120_000)
})

describe('what does not parse', () => {
  it.each([
    '',
    'not json',
    '{"value":',
    'null',
    '[]',
    '"text"',
    '{"value":1}',
    '{"value":1,"version":"x","storedAt":0,"expiresAt":9e15}',
  ])('treats %j as a miss that is reported, and mends it', async (nonsense) => {
    await status('nonsense')
    const [key = ''] = await direct.keys('hitrate:lab:nonsense:*:entry:tasks/5')
    expect(key).not.toBe('')
    await direct.set(key, nonsense)

    expect(await status('nonsense')).toBe('redis; fwd=miss; stored; ttl=120; detail=unparsable')
    const rows = test.context.labs.get('nonsense').log.since(0, 1_000).rows
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'error', tier: 'redis', detail: 'unparsable' }))
    expect(await status('nonsense')).toBe('redis; hit; ttl=120')
  })

  it('lists past it', async () => {
    await status('nonsense')
    const [key = ''] = await direct.keys('hitrate:lab:nonsense:*:entry:tasks/5')
    await direct.set(key, 'not json')
    expect((await send('/api/lab/entries?lab=nonsense')).status).toBe(200)
  })
})
