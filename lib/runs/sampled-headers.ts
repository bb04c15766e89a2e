/** Headers that tell of the way of an answer, and no others: none that carries a name or a secret. */
export const SAMPLED_HEADERS = [
  'cache-status',
  'server-timing',
  'age',
  'etag',
  'cache-control',
  'cdn-cache-control',
  'vary',
  'via',
  'x-worker',
  'x-version',
] as const
export type SampledHeader = (typeof SAMPLED_HEADERS)[number]
