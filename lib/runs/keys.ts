import type { RunConfig } from './config'
import { seeded } from './random'

/**
 * Draw the keys of a run: each call gives the index of the next, from 0 to `count - 1`. `zipf` draws rank k with a
 * probability in proportion to 1 / k^s, by bisecting the cumulative distribution; index 0 is the most popular.
 * The same seed draws the same.
 * @param warmUp draw other keys than those that are measured.
 */
export function drawKeys({ kind, count, s, seed }: RunConfig['keys'], warmUp = false): () => number {
  const random = seeded(seed, warmUp ? 'warm-up keys' : 'keys')
  if (kind === 'one') return () => 0
  if (kind === 'uniform') return () => Math.floor(random() * count)
  if (kind === 'cycle') {
    let next = 0
    return () => next++ % count
  }
  const cumulative = new Float64Array(count)
  let sum = 0
  for (let rank = 1; rank <= count; rank += 1) {
    sum += rank ** -s
    cumulative[rank - 1] = sum
  }
  return () => firstAbove(cumulative, random() * sum)
}

/** The index of the first element that is greater than `value`; the last where rounding leaves none. */
function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}
