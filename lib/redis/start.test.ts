import { once } from 'node:events'
import { existsSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { createRedisCommandExecutor, RedisServerState, Resp2Server } from 'js-redis-server/core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isRunning } from '../testing/processes'
import { openRedis, type RedisClient } from './client'
import { findRedis, startRedis } from './start'

const folderOf = (url: string) => join(new URL(url).pathname, '..')

/** The process of a real Redis. An emulated one says 1, which is no process to kill. */
async function pidOf(redis: RedisClient): Promise<number> {
  const pid = Number(/process_id:(\d+)/.exec(await redis.run((client) => client.info('server')))?.[1])
  expect(pid).toBeGreaterThan(1)
  return pid
}

describe.each([
  ['emulated', /^js-redis-server \d+\.\d+\.\d+$/],
  ['local', /^(redis|valkey) \d+\.\d+\.\d+$/],
] as const)('one of our own: %s', (kind, name) => {
  test('answers on a socket in a folder that nobody else may enter, and leaves nothing', async () => {
    const service = await startRedis({ emulate: kind === 'emulated' })
    expect(service.address).toMatchObject({ kind, name: expect.stringMatching(name) as string })
    const folder = folderOf(service.address.url)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    if (kind === 'local') expect(statSync(new URL(service.address.url).pathname).mode & 0o777).toBe(0o700)

    const redis = openRedis(service.address)
    await redis.run((client) => client.set('key', 'value', 'PX', 60_000))
    expect(await redis.run((client) => client.get('key'))).toBe('value')
    await redis.close()
    await service.stop()
    expect(existsSync(folder)).toBe(false)
  })
})

test('killed, it comes back at the same place', async () => {
  const lines: string[] = []
  const service = await startRedis({ log: (line) => lines.push(line) })
  const redis = openRedis(service.address)
  onTestFinished(async () => {
    await redis.close()
    await service.stop()
  })
  const pid = await pidOf(redis)
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => isRunning(pid)).toBe(false)
  await expect.poll(() => redis.ping(), { timeout: 60_000 }).toBe(true)
  expect(lines).toEqual(['redis ended (signal 9); starting it again'])
})

test.each([
  ['while it runs', false],
  ['while it is down', true],
])(
  'it comes back at the same place when its folder is removed %s',
  async (_when, down) => {
    const service = await startRedis({ log: () => {} })
    const redis = openRedis(service.address)
    onTestFinished(async () => {
      await redis.close()
      await service.stop()
    })
    const pid = await pidOf(redis)
    if (down) process.kill(pid, 'SIGKILL')
    rmSync(folderOf(service.address.url), { recursive: true })
    await expect.poll(() => isRunning(pid), { timeout: 60_000 }).toBe(false)
    await expect.poll(() => redis.ping(), { timeout: 60_000 }).toBe(true)
    expect(statSync(folderOf(service.address.url)).mode & 0o777).toBe(0o700)
  },
  20_000,
)

test('ours is bounded, and forgets what was used least', async () => {
  const service = await startRedis()
  const redis = openRedis(service.address)
  onTestFinished(async () => {
    await redis.close()
    await service.stop()
  })
  expect(await redis.run((client) => client.config('GET', 'maxmemory*'))).toEqual(
    expect.arrayContaining(['maxmemory', String(64 * 1024 * 1024), 'maxmemory-policy', 'allkeys-lru']),
  )
})

test('without a server on PATH it is emulated', async () => {
  expect(findRedis('')).toBeUndefined()
  const service = await startRedis({ path: '' })
  await service.stop()
  expect(service.address.kind).toBe('emulated')
})

describe('REDIS_URL', () => {
  test('is used, and is nobody’s to stop', async () => {
    const theirs = new Resp2Server({
      server: new RedisServerState({ requirepass: 'secret' }),
      executor: createRedisCommandExecutor({}),
    })
    theirs.server.listen(0, '127.0.0.1')
    await once(theirs.server, 'listening')
    onTestFinished(() => theirs.close())
    const url = `redis://:secret@127.0.0.1:${theirs.getPort()}`

    const service = await startRedis({ url })
    expect(service.address).toEqual({ kind: 'external', url, name: expect.stringMatching(/^redis \d/) as string })
    expect(service.where).not.toContain('secret')
    await service.stop()
    const redis = openRedis(service.address)
    expect(await redis.ping()).toBe(true)
    await redis.close()
  })

  test('that does not answer is named, without its password', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await expect(startRedis({ url: `redis://:secret@127.0.0.1:${port}` })).rejects.toThrow(
      `REDIS_URL (redis://:***@127.0.0.1:${port}) does not answer: connect ECONNREFUSED`,
    )
  })
})
