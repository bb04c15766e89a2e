/** What a lab's log tells of: the outcome of a request, and each thing that happened on its way. */
export const EVENT_KINDS = [
  'hit',
  'stale',
  'revalidated',
  'coalesced',
  'miss',
  'bypass',
  'error',
  'origin',
  'store',
  'refusal',
  'expiry',
  'eviction',
  'invalidation',
  'write',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]
