import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isLoopback } from './loopback'

/**
 * Looks up a name for a connection. Names of this machine, such as `app.localhost`, are never asked of DNS (RFC 6761,
 * 6.3): many resolvers know none but `localhost`.
 */
export const resolveHost: LookupFunction = (name, options, callback) =>
  lookup(isLoopback(name) ? 'localhost' : name, options, callback)
