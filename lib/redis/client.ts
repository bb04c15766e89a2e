import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'
import { Redis } from 'ioredis'
import type { ServiceAddress } from '../settings'

/** A command may take this long. A server that hangs is not one that is dead: only time tells it (MEASURED). */
const COMMAND_TIMEOUT_MS = 500
/** After this many failures in a row nobody asks any more, so that requests do not each wait for the timeout. */
const FAILURES_TO_OPEN = 3
/** How long nobody asks, before one request tries again. */
const OPEN_MS = 1_000

export interface RedisClient {
  /** Run commands. Rejects at once while Redis is known to be away. */
  run<R>(work: (redis: Redis) => Promise<R>): Promise<R>
  /** Whether it answers now, within the command timeout. */
  ping(): Promise<boolean>
  close(): Promise<void>
}

/**
 * Opens the client. It connects when first used, reconnects by itself, and never queues while disconnected.
 * @param commandTimeoutMs after so many milliseconds a command that has no reply rejects.
 */
export function openRedis(address: ServiceAddress, commandTimeoutMs = COMMAND_TIMEOUT_MS): RedisClient {
  const socket = address.url.startsWith('redis+unix://') ? { path: new URL(address.url).pathname } : undefined
  const options = {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectTimeout: 1_000,
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
  }
  const redis = socket ? new Redis({ ...options, ...socket }) : new Redis(address.url, options)
  // Without a listener a lost connection ends the process; /healthz and the answers say that Redis is away.
  redis.on('error', () => {})

  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: OPEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  })
  // With the offline queue off, a command before the first connection is ready would be refused.
  let connected: Promise<void> | undefined
  const connect = () => {
    connected ??= redis.connect().catch(() => {})
    return connected
  }

  return {
    async run(work) {
      if (redis.status !== 'ready') await connect()
      return breaker.execute(() => work(redis))
    },
    async ping() {
      await connect()
      return redis.ping().then(
        () => true,
        () => false,
      )
    },
    async close() {
      redis.disconnect()
    },
  }
}
