import { http } from './http'
import { defineStrategy } from './strategy'

/**
 * Two lifetimes in one header: none for the reader's browser, which asks each time, and `s-maxage` for a cache that
 * many readers share (RFC 9111, 5.2.2.10), which answers most of them. What belongs to one reader has no lifetime there.
 */
export const sMaxage = defineStrategy({
  id: 's-maxage',
  title: 'HTTP, shared caches only',
  summary: 'Browsers ask each time; a shared cache answers them for s-maxage seconds.',
  tiers: ['client'],
  file: 'lib/strategies/s-maxage.ts',
  http: true,
  expires: true,
  writes: 'nothing kept',
  // #region read
  headers: (scope, ttlSeconds) => ({
    'cache-control': scope === 'public' ? `public, max-age=0, s-maxage=${ttlSeconds}` : 'private, max-age=0',
  }),
  create: http.create,
  // #endregion
})
