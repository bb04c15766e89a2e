import type { Outcome } from '../../reading'

/** What became of one request or entry. Requests come with an outcome; entries with what was done to them. */
export interface EdgeTold {
  /** Epoch ms. */
  at: number
  kind: Outcome | 'store' | 'eviction' | 'invalidation' | 'refresh'
  method: string
  /** Path and query. */
  url: string
  /** Milliseconds from the request to the head of its answer; of a refresh to its end; 0 for what is done to an entry. */
  durMs: number
  /** Milliseconds since the answer was made, where a stored one was given. */
  ageMs?: number
  /** A field (lower case) of the request that brought it about, '' where it has none. */
  header(name: string): string
  status?: number
  /** `Cache-Status` of the origin's own answer, if that was passed on. */
  upstream?: string
}

/** The outcome of an answer, in the words of DESIGN: no 2xx, 304 or 404 is an error. */
export function outcomeFor(status: number, outcome: Outcome): Outcome {
  return (status >= 200 && status < 300) || status === 304 || status === 404 ? outcome : 'error'
}
