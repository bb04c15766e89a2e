import { randomLcg, randomLogNormal } from 'd3-random'

/** A provider over the internet answers like this: half the answers within 120 ms, one in a hundred takes 270. */
export const MEDIAN_MS = 120
export const SIGMA = 0.35

/** A source of response times in ms, the same row of them for the same seed: log-normal, as real services are. */
export function latencies(seed: number): () => number {
  return randomLogNormal.source(randomLcg(seed))(Math.log(MEDIAN_MS), SIGMA)
}
