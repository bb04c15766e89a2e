import { randomExponential } from 'd3-random'
import type { RunConfig } from './config'
import { seeded } from './random'
import { dueByStages } from './stages'

/**
 * When the requests of an open run are due, in milliseconds from its start; Infinity after the last. `poisson`: pauses
 * are drawn from an exponential distribution, as between people who know nothing of each other; `even`: all pauses are
 * the same. With stages the rate changes as they say, and pauses with it.
 * @param config.rate requests per second.
 * @param seed the same one draws the same; pauses have nothing to do with the keys that it draws.
 */
export function arrivals(
  { arrivals: kind, rate = 1, stages }: Pick<RunConfig, 'arrivals' | 'rate' | 'stages'>,
  seed: number,
): () => number {
  const due = stages ? dueByStages(rate, stages) : (count: number) => (count * 1000) / rate
  let count = 0
  // Counted, not added up: sums of fractions drift, and would fit one request too many into a run's time.
  if (kind === 'even') return () => due(count++)
  const pause = randomExponential.source(seeded(seed, 'arrivals'))(1)
  return () => {
    const now = due(count)
    count += pause()
    return now
  }
}
