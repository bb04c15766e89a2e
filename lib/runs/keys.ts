import { BOUNDS } from './bounds'
import type { RunConfig } from './config'
import { seeded } from './random'

/**
 * Draw the keys of a run: each call gives the index of the next, from 0 to `count - 1`. The same seed draws the same.
 * - `zipf` draws rank k with a probability in proportion to 1 / k^s, by bisecting the cumulative distribution; index 0
 *   is the most popular.
 * - `hotset` draws `share` of the requests from a set of `hot` keys, and the others from all. After each `shift`
 *   requests the set moves on by its own size, so that what was learned of it is worth nothing.
 * - `list` asks for what was recorded, in its order, and begins anew at its end.
 * @param warmUp draw other keys than those that are measured.
 */
export function drawKeys(
  {
    kind,
    count,
    s,
    seed,
    hot = BOUNDS.hot.default,
    share = BOUNDS.share.default,
    shift = BOUNDS.shift.default,
    list = [0],
  }: RunConfig['keys'],
  warmUp = false,
): () => number {
  const random = seeded(seed, warmUp ? 'warm-up keys' : 'keys')
  let drawn = 0
  switch (kind) {
    case 'one':
      return () => 0
    case 'uniform':
      return () => Math.floor(random() * count)
    case 'cycle':
      return () => drawn++ % count
    case 'zipf':
      return zipf(count, s, random)
    case 'hotset':
      return () => {
        const first = Math.floor(drawn++ / shift) * hot
        const inSet = random() < share
        return (inSet ? first + Math.floor(random() * hot) : Math.floor(random() * count)) % count
      }
    case 'list':
      return () => list[drawn++ % list.length] ?? 0
  }
}

function zipf(count: number, s: number, random: () => number): () => number {
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
