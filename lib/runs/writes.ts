import { seeded } from './random'

/**
 * Draw which requests of a run write, and what: each call gives the body of the next request, or undefined for a read.
 * @param share the part of the requests that write, from 0 to 1. The same seed draws the same.
 * @param bodies sent in turns; where there are none, nothing is written.
 */
export function drawWrites(share: number, bodies: readonly string[], seed: number): () => string | undefined {
  if (share === 0 || bodies.length === 0) return () => undefined
  const random = seeded(seed, 'writes')
  let written = 0
  return () => (random() < share ? bodies[written++ % bodies.length] : undefined)
}
