import type { RedisClient } from './client'

/** Redis keeps an entry this much longer than it is fresh: freshness is judged by the entry's own `expiresAt`. */
const GRACE_MS = 60_000
/** The longest TTL there is, and the grace: an index outlives all of its entries, and then goes by itself. */
const INDEX_MS = 86_400_000 + GRACE_MS
/**
 * How long a tombstone stands: longer than any reader is under way with what it read before the write. Two seconds of
 * `slow=` and the time that a statement may take are far below it.
 */
export const TOMBSTONE_MS = 60_000

/** KEYS: entry, tombstone, index. ARGV: version, text, ms to keep it, its place in the index, key, ms of the index. */
const STORE_UNLESS_OLDER = `
local newest = redis.call('GET', KEYS[2])
if newest and tonumber(newest) > tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[5])
redis.call('PEXPIRE', KEYS[3], ARGV[6])
return 1`

/** KEYS as above. ARGV: version, ms that the tombstone stands, key. Of two writers at once, the newer one's stands. */
const BURY = `
local newest = redis.call('GET', KEYS[2])
if not newest or tonumber(newest) < tonumber(ARGV[1]) then redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2]) end
redis.call('ZREM', KEYS[3], ARGV[3])
return redis.call('DEL', KEYS[1])`

/**
 * Redis as one lab, strategy and resource sees it: short keys outside, prefixed ones inside. All calls reject when
 * Redis is away. Beside the entries lies an index, a sorted set of keys by expiry, so that listing and emptying a lab
 * never has to scan what belongs to others.
 */
export interface RedisStore {
  get(key: string): Promise<string | null>
  /** Keep `text` for `ttlMs` from now; `expiresAt` (epoch ms) is its place in the index. */
  set(key: string, text: string, ttlMs: number, expiresAt: number): Promise<void>
  /** Whether there was one. */
  delete(key: string): Promise<boolean>
  /** As `set`, unless {@link bury} told of a newer version than `version`: false then, and nothing is kept. */
  setUnlessOlder(key: string, text: string, version: number, ttlMs: number, expiresAt: number): Promise<boolean>
  /**
   * Delete, and leave a tombstone: for {@link TOMBSTONE_MS} `setUnlessOlder` refuses what is older than `version`.
   * Both are one step to all other clients. Whether there was an entry.
   */
  bury(key: string, version: number): Promise<boolean>
  /** At most `limit` entries that expire after `now` (epoch ms), the next to expire first, and how many there are. */
  list(limit: number, now: number): Promise<{ rows: { key: string; text: string }[]; total: number }>
  clear(): Promise<void>
}

/** See the keys under `prefix` as a store. */
export function redisStore(client: RedisClient, prefix: string): RedisStore {
  const index = `${prefix}index`
  const full = (key: string) => `${prefix}entry:${key}`
  const keysOf = (key: string) => [full(key), `${prefix}tombstone:${key}`, index]

  return {
    get: (key) => client.run((redis) => redis.get(full(key))),

    async set(key, text, ttlMs, expiresAt) {
      const keepMs = Math.ceil(ttlMs) + GRACE_MS
      await client.run(async (redis) => {
        const replies = await redis
          .multi()
          .set(full(key), text, 'PX', keepMs)
          .zadd(index, expiresAt, key)
          .pexpire(index, INDEX_MS)
          .exec()
        const failed = replies?.find(([error]) => error)?.[0]
        if (failed) throw failed
      })
    },

    async delete(key) {
      const replies = await client.run((redis) => redis.multi().del(full(key)).zrem(index, key).exec())
      return replies?.[0]?.[1] === 1
    },

    async setUnlessOlder(key, text, version, ttlMs, expiresAt) {
      const keepMs = Math.ceil(ttlMs) + GRACE_MS
      const args = [version, text, keepMs, expiresAt, key, INDEX_MS]
      return (await client.run((redis) => redis.eval(STORE_UNLESS_OLDER, 3, ...keysOf(key), ...args))) === 1
    },

    async bury(key, version) {
      return (await client.run((redis) => redis.eval(BURY, 3, ...keysOf(key), version, TOMBSTONE_MS, key))) === 1
    },

    async list(limit, now) {
      return client.run(async (redis) => {
        await redis.zremrangebyscore(index, '-inf', `(${now - GRACE_MS}`)
        const total = await redis.zcount(index, now, '+inf')
        const keys = await redis.zrangebyscore(index, now, '+inf', 'LIMIT', 0, limit)
        if (keys.length === 0) return { rows: [], total }
        const texts = await redis.mget(keys.map(full))
        return { rows: keys.flatMap((key, i) => (texts[i] == null ? [] : [{ key, text: texts[i] }])), total }
      })
    },

    async clear() {
      await client.run(async (redis) => {
        const keys = await redis.zrange(index, 0, -1)
        for (let at = 0; at < keys.length; at += 500) await redis.unlink(keys.slice(at, at + 500).map(full))
        await redis.unlink(index)
      })
    },
  }
}
