/** What Resource Timing tells of one fetch. */
export type Transfer = Pick<PerformanceResourceTiming, 'transferSize' | 'encodedBodySize'> & { deliveryType?: string }

/** Who answered a fetch: the network, the browser's own cache, or that cache after the server said 304. */
export type AnsweredBy = 'network' | 'browser' | 'browser-revalidated'

/** The header bytes that Resource Timing reckons with, whatever they really were (its section 4.5). */
const RECKONED_HEADER_BYTES = 300

/**
 * Tell from Resource Timing who answered. A cached answer transfers nothing; one that the server confirmed transfers
 * headers and no body. Without an entry it counts as the network: never claim a hit that was not seen.
 */
export function answeredBy(transfer: Transfer | undefined): AnsweredBy {
  if (!transfer) return 'network'
  const { transferSize, encodedBodySize, deliveryType } = transfer
  // `deliveryType` is "cache" after a 304 as well, in Chromium: what was transferred tells the two apart.
  if (transferSize === 0) return deliveryType === 'cache' || encodedBodySize > 0 ? 'browser' : 'network'
  const bodyCame = transferSize >= encodedBodySize + RECKONED_HEADER_BYTES
  return encodedBodySize > 0 && !bodyCame ? 'browser-revalidated' : 'network'
}
