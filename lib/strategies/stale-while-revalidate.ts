import { http } from './http'
import { defineStrategy } from './strategy'

/** How long past its date an answer may still be given while a new one is fetched behind it, in TTLs. */
const WHILE_REVALIDATE = 10
/** How long it may be given while the origin fails, in TTLs. */
const IF_ERROR = 60

/**
 * Let HTTP caches answer past the date (RFC 5861): at once, while they fetch a new answer behind it, and for longer
 * while the origin fails. With `max-age` and not with `s-maxage`, since that forbids a shared cache to be stale (RFC
 * 9111, 5.2.2.10).
 */
export const staleWhileRevalidate = defineStrategy({
  id: 'stale-while-revalidate',
  title: 'HTTP, stale while revalidating',
  summary: 'HTTP caches keep the answer for max-age, then may give it ten times as long while they fetch a new one.',
  tiers: ['client'],
  file: 'lib/strategies/stale-while-revalidate.ts',
  http: true,
  expires: true,
  writes: 'nothing kept',
  // #region read
  headers: (scope, ttlSeconds) => ({
    'cache-control': [
      scope,
      `max-age=${ttlSeconds}`,
      `stale-while-revalidate=${WHILE_REVALIDATE * ttlSeconds}`,
      `stale-if-error=${IF_ERROR * ttlSeconds}`,
    ].join(', '),
  }),
  create: http.create,
  // #endregion
})
