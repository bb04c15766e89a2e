import type { RedisClient } from './client'

/** Redis keeps an entry this much longer than it is fresh: freshness is judged by the entry's own `expiresAt`. */
const GRACE_MS = 60_000
/** The longest TTL there is, and the grace: an index outlives all of its entries, and then goes by itself. */
const INDEX_MS = 86_400_000 + GRACE_MS

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
  /** At most `limit` entries that expire after `now` (epoch ms), the next to expire first, and how many there are. */
  list(limit: number, now: number): Promise<{ rows: { key: string; text: string }[]; total: number }>
  clear(): Promise<void>
}

/** See the keys under `prefix` as a store. */
export function redisStore(client: RedisClient, prefix: string): RedisStore {
  const index = `${prefix}index`
  const full = (key: string) => `${prefix}entry:${key}`

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
