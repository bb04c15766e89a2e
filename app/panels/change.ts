/** How one figure compares with an earlier one, in words short enough for a table. */

const GAP = '\u202f'
const round = (value: number, decimals: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })

/** Below this share of change the table says `same`: one run cannot tell so little apart. */
const SAME = 0.02

/**
 * The change from `before` to `after`: `× 12` from twice as much on, `÷ 3.1` from half on, else `+14 %`. Under 2 % it
 * is `same`; from or to nothing has no ratio and is said in words.
 */
export function change(before: number, after: number): string {
  if (before === after) return 'same'
  if (before === 0) return 'from 0'
  if (after === 0) return 'to 0'
  const ratio = after / before
  if (Math.abs(ratio - 1) < SAME) return 'same'
  if (ratio >= 2) return `×${GAP}${factor(ratio)}`
  if (ratio <= 0.5) return `÷${GAP}${factor(1 / ratio)}`
  return `${ratio > 1 ? '+' : '−'}${round(Math.abs(ratio - 1) * 100, 0)}${GAP}%`
}

const factor = (ratio: number) => round(ratio, ratio < 10 ? 1 : 0)

/** The change of a rate of 0 to 1, in percentage points: `+97.3 pts`. */
export function changeInPoints(before: number, after: number): string {
  const points = (after - before) * 100
  if (Math.abs(points) < 0.05) return 'same'
  return `${points > 0 ? '+' : '−'}${round(Math.abs(points), 1)}${GAP}pts`
}
