import { cdnCacheControl } from './cdn-cache-control'
import { http } from './http'
import { lru } from './lru'
import { memory } from './memory'
import { noCache } from './no-cache'
import { none } from './none'
import { redis } from './redis'
import { redisTtlOnly } from './redis-ttl-only'
import { redisVersioned } from './redis-versioned'
import { redisWriteThrough } from './redis-write-through'
import { sMaxage } from './s-maxage'
import { staleWhileRevalidate } from './stale-while-revalidate'
import type { Strategy } from './strategy'

/** The strategies, in the order in which they are shown. To add one: its file, and its line here. */
export const strategies = [
  none,
  memory,
  lru,
  redis,
  redisTtlOnly,
  redisWriteThrough,
  redisVersioned,
  http,
  noCache,
  sMaxage,
  staleWhileRevalidate,
  cdnCacheControl,
] as const satisfies readonly Strategy[]

export type StrategyId = (typeof strategies)[number]['id']

export const strategyIds = strategies.map((strategy) => strategy.id)

/** The strategy of an id, or undefined where there is none. */
export const strategyById = (id: string): Strategy<StrategyId> | undefined =>
  strategies.find((strategy) => strategy.id === id)
