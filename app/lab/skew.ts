/**
 * How far a server's clock is ahead of this browser's, at least: its answer says `now`, and was made somewhen between
 * `asked` and `answered` (all in epoch milliseconds). Where it fits in between, nothing says that the clocks differ.
 */
export function skewOf(now: number, asked: number, answered: number): number {
  return now - Math.min(Math.max(now, asked), answered)
}
