import { describe, expect, it } from 'vitest'
import { answeredBy } from './answered-by'

describe('who answered a fetch', () => {
  it.each([
    ['the network', { transferSize: 352, encodedBodySize: 52, deliveryType: '' }, 'network'],
    ['the cache, as Chromium tells it', { transferSize: 0, encodedBodySize: 52, deliveryType: 'cache' }, 'browser'],
    ['the cache, where there is no deliveryType', { transferSize: 0, encodedBodySize: 52 }, 'browser'],
    ['the cache after a 304', { transferSize: 300, encodedBodySize: 52, deliveryType: '' }, 'browser-revalidated'],
    [
      'the same, as Chromium tells it',
      { transferSize: 300, encodedBodySize: 52, deliveryType: 'cache' },
      'browser-revalidated',
    ],
    ['nobody: the connection was refused', { transferSize: 0, encodedBodySize: 0 }, 'network'],
    ['no entry at all', undefined, 'network'],
  ])('%s', (_case, transfer, by) => expect(answeredBy(transfer)).toBe(by))
})
