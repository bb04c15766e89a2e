import { createRedisCommandExecutor, RedisServerState, Resp2Server } from 'js-redis-server/core'

/**
 * A stand-in for Redis in a process of its own, for machines that have none: `emulated.ts <socket path>`. Through the
 * package's core, since its command line listens on every interface of the machine; a unix socket needs no port.
 */
const [path] = process.argv.slice(2)
if (!path) throw new Error('Say at which path to listen.')

const redis = new Resp2Server({
  server: new RedisServerState(),
  executor: createRedisCommandExecutor({}),
  logger: { error: (error: unknown) => console.error(error) },
})
redis.server.listen(path, () => console.log('ready to accept connections'))
