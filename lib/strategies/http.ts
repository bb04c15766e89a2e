import { etagOf, matchesEtag } from '../http/etag'
import type { Load } from '../reading'
import { defineStrategy, keepsNothing, type ReadOptions, toEntry } from './strategy'
import { startTrace } from './trace'

/**
 * Let HTTP caches keep the answer: `Cache-Control: max-age` tells them how long, and an `ETag` lets them ask later
 * whether it still holds (RFC 9111, 4.3). The server keeps nothing itself. While an answer is fresh, a client that
 * caches does not even ask, so this log only hears of the requests that were made all the same.
 */
export const http = defineStrategy({
  id: 'http',
  title: 'HTTP headers',
  summary: 'The client keeps the answer for max-age seconds, then asks with its ETag whether it still holds.',
  tiers: ['client'],
  file: 'lib/strategies/http.ts',
  http: true,
  expires: true,
  writes: 'nothing kept',
  headers: (scope, ttlSeconds) => ({ 'cache-control': `${scope}, max-age=${ttlSeconds}` }),

  create: ({ clock }) => ({
    ...keepsNothing,
    // #region read
    async read<T>(_key: string, load: Load<T>, { ttlMs, ifNoneMatch }: ReadOptions) {
      const trace = startTrace(clock)
      if (ifNoneMatch === undefined) trace.lap('http', 'miss')

      const loaded = await trace.origin(load)
      if (!loaded) return trace.end('miss', undefined)

      const entry = toEntry(loaded, clock.now(), ttlMs)
      const etag = etagOf(loaded.value)
      if (ifNoneMatch === undefined) return trace.end('miss', entry, etag)

      const holds = matchesEtag(ifNoneMatch, etag)
      trace.lap('http', holds ? 'revalidated' : 'changed')
      return trace.end(holds ? 'revalidated' : 'miss', entry, etag)
    },
    // #endregion
  }),
})
