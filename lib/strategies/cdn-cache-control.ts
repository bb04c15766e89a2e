import { http } from './http'
import { defineStrategy } from './strategy'

/**
 * A header for shared caches alone (RFC 9213): one that knows `CDN-Cache-Control` goes by it and passes over
 * `Cache-Control`, which tells browsers, and shared caches that do not know it, to ask each time. What belongs to one
 * reader gets no such header: without it a shared cache goes by `private`, and keeps nothing.
 */
export const cdnCacheControl = defineStrategy({
  id: 'cdn-cache-control',
  title: 'HTTP, a header for CDNs',
  summary: 'CDN-Cache-Control lets a shared cache answer for max-age; Cache-Control has browsers ask each time.',
  tiers: ['client'],
  file: 'lib/strategies/cdn-cache-control.ts',
  http: true,
  expires: true,
  writes: 'nothing kept',
  // #region read
  headers: (scope, ttlSeconds) => ({
    'cache-control': `${scope}, no-cache`,
    ...(scope === 'public' && { 'cdn-cache-control': `max-age=${ttlSeconds}` }),
  }),
  create: http.create,
  // #endregion
})
