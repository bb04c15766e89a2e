import { http } from './http'
import { defineStrategy } from './strategy'

/**
 * Let the client keep the answer, and have it ask before each use (RFC 9111, 5.2.2.4): that is what `no-cache` means.
 * The server's part is that of `http`, to make the answer and to compare ETags; all that differs is the header. What is
 * saved is the body's way, not the origin's work.
 */
export const noCache = defineStrategy({
  id: 'no-cache',
  title: 'HTTP, asked each time',
  summary: 'The client keeps the answer, and asks with its ETag before each use whether it still holds.',
  tiers: ['client'],
  file: 'lib/strategies/no-cache.ts',
  http: true,
  expires: false,
  writes: 'nothing kept',
  // #region read
  headers: (scope) => ({ 'cache-control': `${scope}, no-cache` }),
  create: http.create,
  // #endregion
})
