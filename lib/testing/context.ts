import { inject } from 'vitest'
import type { CourseExercise } from '../checks/exercise'
import { type Context, openContext } from '../context'
import type { Rates } from '../origin/rates'
import { processCommands } from '../processes/commands'
import { openRedis } from '../redis/client'
import { type RedisStore, redisStore } from '../redis/store'
import type { Spawn } from '../runs/spawn'
import { spawnFromSource } from '../runs/spawn-from-source'
import type { ServiceAddress } from '../settings'
import { fakeClock } from './fake-clock'

/**
 * Where the context under test says that it is: the discard port, which no app takes. A test that sends something
 * there gets its connection refused, and never reaches an app that it didn't start.
 */
export const ADDRESS = 'http://127.0.0.1:9'

/** A machine that is busy with other tests may be slow to reply, and no test should take that for an outage. */
export const REDIS_PATIENCE_MS = 30_000

export interface TestContext {
  context: Context
  clock: ReturnType<typeof fakeClock>
  /** A store of its own in the tests' Redis. */
  redisStore(prefix: string): RedisStore
}

/**
 * A context over the tests' real Redis and Postgres. Time stands still until `clock.advance`, waits end at once, and
 * the rate provider, which is somebody else's, answers from here.
 * @param over other addresses, such as that of a Redis that a test may kill, the exercises of a course, and who puts the load on.
 */
export function testContext(
  over: {
    redis?: ServiceAddress
    postgres?: ServiceAddress
    rates?: Rates
    exercises?: readonly CourseExercise[]
    spawn?: Spawn
  } = {},
): TestContext {
  const clock = fakeClock()
  const services = inject('services')
  const rates: Rates = {
    get: async (base, target) => ({ base, target, rate: 1.5, quotedAt: new Date(clock.now()).toISOString() }),
    ping: async () => true,
    close: async () => {},
  }
  const redis = openRedis(over.redis ?? services.redis, over.redis ? undefined : REDIS_PATIENCE_MS)
  const context = openContext(
    {
      address: ADDRESS,
      hosts: [],
      redis: over.redis ?? services.redis,
      postgres: over.postgres ?? services.postgres,
      rates: { kind: 'local', url: 'http://127.0.0.1:9', name: 'rates' },
      commands: processCommands(),
    },
    {
      clock,
      redis,
      wait: async () => {},
      rates: over.rates ?? rates,
      spawn: over.spawn ?? spawnFromSource,
      exercises: over.exercises,
    },
  )
  return { context, clock, redisStore: (prefix) => redisStore(redis, prefix) }
}
