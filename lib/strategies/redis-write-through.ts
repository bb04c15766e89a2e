import type { Step } from '../reading'
import { redis } from './redis'
import { openRedisTier } from './redis-tier'
import { defineStrategy, noStore, toEntry } from './strategy'

/**
 * Redis, and a write puts the new row there itself: the next reader has a hit. The row is kept for the TTL that the
 * write asks for. Where the new value is not known (the lists that a task is in), or the write asks for another strategy
 * and so names no TTL for this one, the entry is deleted.
 *
 * It has a race of its own: a reader that read the old row before the write, and stores it after, overwrites the new one.
 */
export const redisWriteThrough = defineStrategy({
  id: 'redis-write-through',
  title: 'Redis, write through',
  summary: 'As redis, but a write stores the new row: the next reader has a hit.',
  tiers: ['redis'],
  file: 'lib/strategies/redis-write-through.ts',
  http: false,
  expires: true,
  writes: 'write through',
  headers: noStore,

  create(parts) {
    const { store, forget, step } = openRedisTier(parts)
    return {
      ...redis.create(parts),
      // #region write
      async onWrite(key, { row, ttlMs }): Promise<Step[]> {
        if (!row || ttlMs === undefined) return forget(key)
        return step(key, store(key, toEntry(row, parts.clock.now(), ttlMs), ttlMs))
      },
      // #endregion
    }
  },
})
