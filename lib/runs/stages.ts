import { BOUNDS } from './bounds'
import type { RunConfig } from './config'

export type Stage = NonNullable<RunConfig['stages']>[number]

/** The milliseconds that stages take together. */
export const stagesMs = (stages: readonly Stage[]): number =>
  stages.reduce((sum, { durationMs }) => sum + durationMs, 0)

/**
 * When the n-th request is due at a rate that changes: in each stage it goes in a straight line from where the one before it
 * ended to the stage's own; one of no duration is a jump. The requests due until t are the integral of the rate, so n
 * is looked up in its inverse (inversion of a non-homogeneous Poisson process; L. Devroye, Non-Uniform Random Variate
 * Generation, 1986, VI.1).
 * @param rate requests per second at the start.
 * @returns milliseconds from the start for a count of requests, which may be a fraction; Infinity after the last stage.
 */
export function dueByStages(rate: number, stages: readonly Stage[]): (count: number) => number {
  const pieces: { fromMs: number; fromCount: number; rate: number; slope: number; toCount: number }[] = []
  let fromMs = 0
  let fromCount = 0
  let before = rate
  for (const { durationMs, rate: after } of stages) {
    if (durationMs > 0) {
      const seconds = durationMs / 1000
      const toCount = fromCount + ((before + after) / 2) * seconds
      pieces.push({ fromMs, fromCount, rate: before, slope: (after - before) / seconds, toCount })
      fromMs += durationMs
      fromCount = toCount
    }
    before = after
  }
  let at = 0
  return (count) => {
    // Counts only grow, so the piece does too.
    while (at < pieces.length && count >= (pieces[at]?.toCount ?? 0)) at += 1
    const piece = pieces[at]
    if (!piece) return Infinity
    const left = count - piece.fromCount
    // slope/2 t² + rate t = left, solved so that it holds for a slope of 0 too.
    const root = Math.sqrt(Math.max(piece.rate ** 2 + 2 * piece.slope * left, 0))
    return piece.fromMs + ((2 * left) / (piece.rate + root)) * 1000
  }
}

/** Whether stages fit into the time that a run may take. */
export const fits = (stages: readonly Stage[]): boolean =>
  stagesMs(stages) >= BOUNDS.durationMs.min && stagesMs(stages) <= BOUNDS.durationMs.max
