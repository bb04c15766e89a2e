import { redis } from './redis'
import { defineStrategy, noStore } from './strategy'

/**
 * Redis, and nobody tells it of writes: an entry stays until its date, however wrong it has become. The cheapest policy
 * there is, and the TTL is a promise of how wrong an answer may be at most.
 */
export const redisTtlOnly = defineStrategy({
  id: 'redis-ttl-only',
  title: 'Redis, TTL only',
  summary: 'As redis, but a write leaves the entry where it is: it is wrong until its date.',
  tiers: ['redis'],
  file: 'lib/strategies/redis-ttl-only.ts',
  http: false,
  expires: true,
  writes: 'ttl only',
  headers: noStore,
  create: (parts) => ({
    ...redis.create(parts),
    // #region write
    onWrite: async () => [],
    // #endregion
  }),
})
