import { randomExponential } from 'd3-random'
import { seeded } from './random'

/**
 * When the requests of an open run are due, in milliseconds from its start. `poisson`: pauses are drawn from an
 * exponential distribution, as between people who know nothing of each other; `even`: all pauses are the same.
 * @param rate requests per second.
 * @param seed the same one draws the same; pauses have nothing to do with the keys that it draws.
 */
export function arrivals(kind: 'poisson' | 'even', rate: number, seed: number): () => number {
  let sent = 0
  // Counted anew each time: sums of fractions drift, and would fit one request too many into a run's time.
  if (kind === 'even') return () => (sent++ * 1000) / rate
  const pause = randomExponential.source(seeded(seed, 'arrivals'))(rate)
  let due = 0
  return () => {
    const now = due
    due += pause() * 1000
    return now
  }
}
